using Polytask.Notebooks.Figures;

namespace Polytask.Notebooks.Tests.Figures;

/// <summary>A test that needs Chromium and plotly.js; skipped, with the renderer's own notice, where one is missing.</summary>
public sealed class RendererFactAttribute : FactAttribute
{
    public RendererFactAttribute()
    {
        using var renderer = FigureRenderer.TryCreate(out var notice);
        if (renderer is null) Skip = notice;
    }
}

/// <summary>One browser for all tests of a class.</summary>
public sealed class RendererFixture : IDisposable
{
    public FigureRenderer Renderer => renderer ?? throw new InvalidOperationException("A test that needs the renderer must be a RendererFact.");

    private readonly FigureRenderer? renderer = FigureRenderer.TryCreate(out _);

    public void Dispose() => renderer?.Dispose();
}
