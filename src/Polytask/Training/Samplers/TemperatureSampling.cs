namespace Polytask;

/// <summary>p_t proportional to min(n_t, limit)^(1/T).</summary>
internal sealed record TemperatureSampling
{
    private readonly double temperature;
    private readonly long? limit;

    public TemperatureSampling(double temperature, long? limit)
    {
        if (!(temperature > 0))
            throw new DeclarationException(FormattableString.Invariant($"a sampler's temperature is a number above 0, but got {temperature}"));
        if (limit < 1) throw new DeclarationException($"a sampler's limit is at least 1 row, but got {limit}");
        (this.temperature, this.limit) = (temperature, limit);
    }

    public ChanceSampler Sampler => new(ToString(), Chances);

    public override string ToString() => (temperature == 1 ? "proportional" : FormattableString.Invariant($"temperature {temperature}"))
        + (limit is { } most ? $" up to {most} rows" : "");

    private IReadOnlyList<double> Chances(IReadOnlyList<long> rows) =>
        [.. rows.Select(count => Math.Pow(Math.Min(count, limit ?? long.MaxValue), 1 / temperature))];
}
