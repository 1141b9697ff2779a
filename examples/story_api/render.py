"""Makes a short video with MoviePy, as a story API does: an image for each scene, and a voice."""

import tempfile
import wave
import zlib
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from moviepy import AudioFileClip, ImageClip, concatenate_videoclips

SECONDS = 2.0
WIDTH, HEIGHT, FPS = 320, 180, 10
SAMPLE_RATE = 22050  # samples of the tone per second

leaked = []  # with leak: the clips that nobody closed. Each story keeps about 2 MB and a zombie ffmpeg process


def render_story(prompt, scenes, leak=False):
    """Render a story of SECONDS and return the size of its file in bytes. The file is deleted.

    With leak, the clips are not closed and stay referenced, as in a cache that nobody empties.
    """
    with tempfile.TemporaryDirectory(prefix="story-") as folder, ExitStack() as clips:
        voice = Path(folder, "voice.wav")
        write_tone(voice)
        opened = [ImageClip(picture(prompt, scene), duration=SECONDS / scenes) for scene in range(scenes)]
        audio = AudioFileClip(str(voice))
        video = concatenate_videoclips(opened).with_audio(audio)
        opened += [audio, video]
        if leak:
            leaked.extend(opened)
        else:
            for clip in opened:
                clips.callback(clip.close)
        path = Path(folder, "story.mp4")
        video.write_videofile(
            str(path),
            fps=FPS,
            codec="libx264",
            audio_codec="aac",
            preset="ultrafast",
            temp_audiofile_path=folder,  # else the working directory, where two renders would meet
            logger=None,
        )
        return path.stat().st_size


def picture(prompt, scene):
    """Return the image of a scene: a gradient whose colours depend on the prompt."""
    colour = zlib.crc32(f"{prompt} {scene}".encode())
    top = np.array([colour & 255, colour >> 8 & 255, colour >> 16 & 255])
    shade = np.linspace(1.0, 0.2, HEIGHT)[:, None, None]
    return np.broadcast_to(shade * top, (HEIGHT, WIDTH, 3)).astype(np.uint8)


def write_tone(path):
    """Write a tone of SECONDS at 440 Hz in place of a voice, 16 bit mono."""
    times = np.arange(int(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    samples = (0.3 * 32767 * np.sin(2 * np.pi * 440 * times)).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        out.writeframes(samples.tobytes())
