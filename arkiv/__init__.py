"""The first floor: paper, keeping, handing on. Stands on `moderation`."""
