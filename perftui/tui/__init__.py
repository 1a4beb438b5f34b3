"""The screens in the terminal: the only place that imports textual.

An app shows a screen; a screen runs actions; an action changes the state and shows it; widgets paint views.
"""
