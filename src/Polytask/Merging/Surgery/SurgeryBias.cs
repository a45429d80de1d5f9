namespace Polytask;

/// <summary>How far a merged model's features are from those of the model that was tuned for a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Before">The mean of |z - z_t| over all rows and features (Yang et al., ICML 2024, equation 2).</param>
/// <param name="After">The same of z' after the surgery.</param>
public sealed record SurgeryBias(string Task, double Before, double After);
