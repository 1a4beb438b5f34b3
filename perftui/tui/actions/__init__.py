"""What each command does. An action gets a context; it never imports a screen."""
