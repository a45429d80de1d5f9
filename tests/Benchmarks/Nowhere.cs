using Polytask.Notebooks.Display;
using Polytask.Notebooks.Kernels;

namespace Benchmarks;

/// <summary>Takes what cells show and keeps none of it.</summary>
internal sealed class Nowhere : ICellOutput
{
    public void Stream(string name, string text)
    {
    }

    public void Display(MimeBundle bundle, string? displayId)
    {
    }

    public void Update(MimeBundle bundle, string displayId)
    {
    }

    public void Result(MimeBundle bundle)
    {
    }
}
