using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The distribution of a sum of df squared standard normals.</summary>
        public class Chi2 : Gamma
        {
            public Chi2(Tensor df, Generator? generator = null) : this(generator) => Set(df);

            private Chi2(Generator? generator) : base(generator) { }

            /// <summary>The degrees of freedom.</summary>
            public Tensor df => concentration * 2;

            private void Set(Tensor df)
            {
                using var scope = NewDisposeScope();
                Set(df * 0.5, full_like(df, 0.5));
            }

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Chi2(generator));
                using var scope = NewDisposeScope();
                expanded.Set(df.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Chi2"/>
            public static Modules.Chi2 Chi2(Tensor df, Generator? generator = null) => new(df, generator);
        }
    }
}
