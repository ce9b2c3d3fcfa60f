"""Only translation: HTTP to one call of the registry, and its answer back. A page never touches a model class."""
