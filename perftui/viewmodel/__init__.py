"""What is shown, as plain frozen values: pure functions of the model."""
