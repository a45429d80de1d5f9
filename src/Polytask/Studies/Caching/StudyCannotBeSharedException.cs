namespace Polytask;

/// <summary>A study whose cells hold code of the user's own cannot be shared between processes, whatever its other cells are.</summary>
internal sealed class StudyCannotBeSharedException(string message) : Exception(message);
