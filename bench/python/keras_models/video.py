"""The video GAN with two judges, of frames and of motion."""

import keras
import tensorflow as tf
from keras import layers

from .training import adam, minimize


class SpectralNorm:
    """A convolution whose kernel is divided by its largest singular value. The layer that Keras has for this writes
    the quotient over the weight instead, and no gradient passes through the division."""

    def build(self, input_shape):
        super().build(input_shape)
        self.u = self.add_weight(shape=[self.filters, 1], initializer="random_normal", trainable=False)

    def convolution_op(self, inputs, kernel):
        matrix = tf.reshape(kernel, [-1, self.filters])
        fixed = tf.stop_gradient(matrix)
        v = tf.math.l2_normalize(fixed @ self.u)
        u = tf.math.l2_normalize(tf.matmul(fixed, v, transpose_a=True))
        self.u.assign(u)
        return super().convolution_op(inputs, kernel / tf.reduce_sum(v * (matrix @ u)))


class Conv2D(SpectralNorm, layers.Conv2D):
    pass


class Conv3D(SpectralNorm, layers.Conv3D):
    pass


def grow(filters):
    conv = layers.Conv3DTranspose(filters, 4, strides=2, padding="same")
    return [conv, layers.BatchNormalization(), layers.ReLU()]


def generator(ch, z):
    return keras.Sequential(
        [
            keras.Input([z]),
            layers.Dense(2 * 4 * 4 * 8 * ch),
            layers.Reshape([2, 4, 4, 8 * ch]),
            layers.BatchNormalization(),
            layers.ReLU(),
            *grow(4 * ch),
            *grow(2 * ch),
            *grow(ch),
            layers.TimeDistributed(layers.UpSampling2D(2)),
            layers.TimeDistributed(layers.Conv2D(3, 3, padding="same", activation="tanh")),
        ]
    )


def judge(convolution, shape, ch):
    blocks = [
        layer
        for filters in [ch, 2 * ch, 4 * ch, 8 * ch]
        for layer in [convolution(filters, 4, strides=2, padding="same"), layers.LeakyReLU(0.2)]
    ]
    return keras.Sequential([keras.Input(shape), *blocks, layers.Flatten(), layers.Dense(1)])


def pick_frames(clip, count):
    """One frame of each of `count` equal stretches, drawn for every example: [batch * count, H, W, 3]."""
    batch, frames, *picture = clip.shape
    stretch = frames // count
    chosen = tf.range(count) * stretch + tf.random.uniform([batch, count], maxval=stretch, dtype=tf.int32)
    return tf.reshape(tf.gather(clip, chosen, batch_dims=1), [-1, *picture])


def hinge(real, fake):
    return tf.reduce_mean(tf.nn.relu(1 - real)) + tf.reduce_mean(tf.nn.relu(1 + fake))


def video(batch=16, ch=32, z=128, frames=16, size=64):
    G = generator(ch, z)
    Frames = judge(Conv2D, [size, size, 3], ch)
    Motion = judge(Conv3D, [frames, size, size, 3], ch)
    optimizers = {
        "Frames": adam(Frames, 4e-4, 0.0, 0.9),
        "Motion": adam(Motion, 4e-4, 0.0, 0.9),
        "G": adam(G, 1e-4, 0.0, 0.9, use_ema=True, ema_momentum=0.999),
    }
    real = tf.random.uniform([batch, frames, size, size, 3], -1, 1)

    def generate():
        return G(tf.random.normal([batch, z]), training=True)

    def frames_of(clip):
        return Frames(pick_frames(clip, 4), training=True)

    def motion_of(clip):
        return Motion(clip, training=True)

    def loss_of_G():
        fake = generate()
        return -tf.reduce_mean(motion_of(fake)) - tf.reduce_mean(frames_of(fake))

    def step():
        fake = generate()
        minimize(lambda: hinge(frames_of(real), frames_of(fake)), Frames, optimizers["Frames"])
        other = generate()
        minimize(lambda: hinge(motion_of(real), motion_of(other)), Motion, optimizers["Motion"])
        return minimize(loss_of_G, G, optimizers["G"])

    return [G, Frames, Motion], step
