"""The TensorFlow tutorial's DCGAN: both gradients from one batch of fakes, then both updates."""

import keras
import tensorflow as tf
from keras import layers

from .training import adam, bce


def dcgan(batch=64):
    def up(filters, strides, **options):
        return layers.Conv2DTranspose(filters, 5, strides=strides, padding="same", use_bias=False, **options)

    def down(filters):
        return layers.Conv2D(filters, 5, strides=2, padding="same")

    G = keras.Sequential(
        [
            keras.Input([100]),
            layers.Dense(7 * 7 * 256, use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(0.3),
            layers.Reshape([7, 7, 256]),
            up(128, 1),
            layers.BatchNormalization(),
            layers.LeakyReLU(0.3),
            up(64, 2),
            layers.BatchNormalization(),
            layers.LeakyReLU(0.3),
            up(1, 2, activation="tanh"),
        ]
    )
    D = keras.Sequential(
        [
            keras.Input([28, 28, 1]),
            down(64),
            layers.LeakyReLU(0.3),
            layers.Dropout(0.3),
            down(128),
            layers.LeakyReLU(0.3),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )
    optimizers = {"D": adam(D, 1e-4), "G": adam(G, 1e-4)}
    images = tf.random.uniform([batch, 28, 28, 1], -1, 1)

    def step():
        with tf.GradientTape() as tape_of_D, tf.GradientTape() as tape_of_G:
            fake = G(tf.random.normal([batch, 100]), training=True)
            real_score, fake_score = D(images, training=True), D(fake, training=True)
            loss_of_D = bce(real_score, 1) + bce(fake_score, 0)
            loss_of_G = bce(fake_score, 1)
        gradients_of_D = tape_of_D.gradient(loss_of_D, D.trainable_variables)
        gradients_of_G = tape_of_G.gradient(loss_of_G, G.trainable_variables)
        optimizers["D"].apply_gradients(zip(gradients_of_D, D.trainable_variables))
        optimizers["G"].apply_gradients(zip(gradients_of_G, G.trainable_variables))
        return loss_of_D

    return [G, D], step

