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
}
