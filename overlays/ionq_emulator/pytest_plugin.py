"""The pytest fixtures this package ships."""
