namespace Polytask;

/// <content>Weightings that look ahead at rows held out.</content>
public abstract partial record Weighting
{
    /// <summary>
    /// Auto-Lambda (Liu et al., TMLR 2022): weights that descend on the primary tasks' losses of held-out rows, one step ahead. See
    /// <see cref="AutoLambdaWeighting"/>.
    /// </summary>
    /// <param name="primary">The names of the tasks that count; all unless given. The others help where they can.</param>
    /// <param name="rate">Of the weights' own Adam, above 0; 1e-4 in the paper's code.</param>
    /// <param name="alpha">The step of the look ahead, above 0, with which the code takes the model's learning rate, 0.1.</param>
    public static BilevelWeighting AutoLambda(IEnumerable<string>? primary = null, double rate = 1e-4, double alpha = 0.1) =>
        new AutoLambdaWeighting([.. primary ?? []], Above(0, rate, "Auto-Lambda's learning rate"), Above(0, alpha, "Auto-Lambda's alpha"));

    /// <summary>
    /// MOML (Ye et al., NeurIPS 2021): weights that descend on the held-out losses of all tasks at once, by MGDA, one step ahead. They sum to 1. See
    /// <see cref="MomlWeighting"/>.
    /// </summary>
    /// <param name="rate">Of the weights' own Adam, above 0; 1e-4 and 1e-3 in the authors' experiments.</param>
    /// <param name="alpha">The step of the look ahead, above 0.</param>
    /// <param name="normalization">What MGDA divides by; the loss or the length in the authors' experiments.</param>
    public static BilevelWeighting Moml(
        double rate = 1e-3, double alpha = 0.1, MgdaNormalization normalization = MgdaNormalization.None) => new MomlWeighting(
        Above(0, rate, "MOML's learning rate"), Above(0, alpha, "MOML's alpha"), normalization);

    /// <summary>
    /// FORUM (Ye et al., ECAI 2024): weights and parameters descend together on the held-out losses of all tasks, under the constraint that the
    /// parameters be best for the weights. See <see cref="ForumWeighting"/>.
    /// </summary>
    /// <param name="rate">Of the weights' own Adam, above 0.</param>
    /// <param name="alpha">The step of the search for the best parameters, above 0; 0.1 and 0.01 in the authors' experiments.</param>
    /// <param name="inner">The number of those steps, at least 1.</param>
    /// <param name="rho">How fast the constraint is to be met, above 0.</param>
    public static BilevelWeighting Forum(double rate = 1e-3, double alpha = 0.1, int inner = 5, double rho = 0.1) => new ForumWeighting(
        Above(0, rate, "FORUM's learning rate"), Above(0, alpha, "FORUM's alpha"),
        inner >= 1 ? inner : throw new DeclarationException($"FORUM looks at least 1 step ahead, but got {inner}"), Above(0, rho, "FORUM's rho"));
}
