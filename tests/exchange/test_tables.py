"""What goes out as CSV comes in again, cell by cell; people's tables are read strictly."""
