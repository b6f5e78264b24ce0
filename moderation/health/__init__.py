"""How the ground floor is: pure reading of rows, one true sentence for each way in and each part of the machine."""
