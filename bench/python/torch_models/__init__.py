"""The models in PyTorch. Each is given `prepare`, for its networks, and `laid_out`, for its batches, and gives its
networks and one training step."""

from .dcgan import dcgan
from .pix2pix import pix2pix
from .video import video
from .wgan_gp import wgan_gp

MODELS = {"dcgan": dcgan, "wgan_gp": wgan_gp, "pix2pix": pix2pix, "video": video}
