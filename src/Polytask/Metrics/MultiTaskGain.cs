namespace Polytask;

/// <summary>Delta_m, the multi-task gain over single-task references (Maninis et al., CVPR 2019, equation 4).</summary>
public static class MultiTaskGain
{
    /// <summary>
    /// 100 / T * sum_t s_t (M_t - R_t) / |R_t|, s_t = +1 where higher is better and -1 where lower is: percent, positive when sharing helped. NaN
    /// where a number is NaN or a reference is 0.
    /// </summary>
    /// <param name="tasks">Per task: the value, the reference's value, and the direction of better.</param>
    public static double Of(params (double Value, double Reference, bool HigherIsBetter)[] tasks) => tasks.Length == 0
        ? throw new DataException("the multi-task gain needs at least one task")
        : 100 * tasks.Average(task => task.Reference == 0
            ? double.NaN
            : (task.HigherIsBetter ? 1 : -1) * (task.Value - task.Reference) / Math.Abs(task.Reference));
}
