"""Looking at one image: planes, channels, contrast, and the full OME model."""
