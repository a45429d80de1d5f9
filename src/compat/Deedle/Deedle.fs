namespace Deedle
