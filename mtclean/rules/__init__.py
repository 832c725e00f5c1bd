"""What is looked for: one package for each kind of rule."""
