namespace Polytask;

/// <summary>Training that cannot go on: the message names the model, the task, the step and what to try.</summary>
public sealed class TrainingException(string message) : Exception(message);
