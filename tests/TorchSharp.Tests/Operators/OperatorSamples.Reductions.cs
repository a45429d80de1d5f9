using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed partial class OperatorSamples
{
    private void Reductions()
    {
        Each(R, ("sum", x => x.sum()), ("mean", x => x.mean()), ("nansum", x => x.nansum()), ("nanmean", x => x.nanmean()), ("prod", x => x.prod()),
            ("std", x => x.std()), ("var", x => x.var()), ("max", x => x.max()), ("min", x => x.min()), ("median", x => x.median()),
            ("amax", x => x.amax([1])), ("amin", x => x.amin([0])), ("logsumexp", x => x.logsumexp(1)), ("norm", x => x.norm()), ("cumsum", x => x.cumsum(1)),
            ("cumprod", x => x.cumprod(1)), ("cummax", x => x.cummax(1).values), ("cummin", x => x.cummin(1).values), ("logcumsumexp", x => x.logcumsumexp(1)),
            ("softmax", x => x.softmax(1)), ("log_softmax", x => x.log_softmax(0)), ("kthvalue", x => x.kthvalue(2, 1).values), ("mode", x => x.mode(1).values),
            ("cov", x => x.cov()), ("diff", x => x.diff()), ("trapezoid", x => trapezoid(x, 0.5)));
        On("sum", x => x[0].sum([0, 2], keepdim: true), R(2, 3, 2));
        On("sum", x => x[0].sum(0, 2), R(2, 3, 2));
        On("amax", x => x[0].amax(0, 1), R(2, 3));
        On("amin", x => x[0].amin(1), R(2, 3));
        On("nanmedian", x => x[0].nanmedian(), R(5));
        On("nanquantile", x => x[0].nanquantile(Number(0.4)), R(1, 5));
        On("cumulative_trapezoid", x => x[0].cumulative_trapezoid(0.5), R(5));
        On("cumulative_trapezoid", x => x[0].cumulative_trapezoid(x[1]), R(5), R(5));
        On("renorm", x => x[0].renorm(2, 0, 0.5f), R(2, 3));
        On("sum", x => x[0].sum(dim: 1), R(2, 3));
        On("mean", x => x[0].mean([1], keepdim: true), R(2, 3));
        On("prod", x => x[0].prod(1), R(2, 3));
        On("std", x => x[0].std([1]), R(2, 3));
        On("var", x => x[0].var(1, unbiased: false), R(2, 3));
        On("max", x => x[0].max(1).values, R(2, 3));
        On("min", x => x[0].min(1).values, R(2, 3));
        On("max", x => x[0].max(x[1]), R(3), R(3));
        On("min", x => x[0].min(x[1]), R(3), R(3));
        On("norm", x => x[0].norm(1, keepdim: true, p: 3), R(2, 3));
        On("std_mean", x => x[0].std_mean().std, R(5));
        On("std_mean", x => x[0].std_mean(1, unbiased: false).std, R(2, 3));
        On("var_mean", x => x[0].var_mean(0, keepdim: true).var, R(2, 3));
        On("var_mean", x => x[0].var_mean([1]).var, R(2, 3));
        On("quantile", x => x[0].quantile(Number(0.4)), R(1, 5));
        On("corrcoef", x => x[0].corrcoef(), R(2, 6));
    }
}
