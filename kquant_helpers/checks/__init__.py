"""What the visible tests say to a student: one module for each lesson, on one shared ladder."""
