namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    /// <summary>Sums products over the letters that the equation repeats, for example "ij,jk->ik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.einsum_list(equation, tensors);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.stack_list(tensors as IList<Tensor> ?? [.. tensors], dim);

    public static Tensor block_diag(params Tensor[] tensors) => Ops.block_diag_list(tensors);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Ops.broadcast_list(tensors);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => Ops.meshgrid_list([.. tensors], indexing);

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);

    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);

    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2.0f) => input.norm(dimension, keepdim, p);

    public static long numel(Tensor input) => input.numel();

    public static Tensor hstack(params Tensor[] tensors) => Ops.hstack(tensors);

    public static Tensor vstack(params Tensor[] tensors) => Ops.vstack(tensors);

    public static Tensor dstack(params Tensor[] tensors) => Ops.dstack(tensors);

    public static Tensor chain_matmul(params Tensor[] matrices) => Ops.multi_dot(matrices);

    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);

    /// <summary>A quarter turn, <paramref name="k"/> times, in the plane of the two dimensions (of the first two, when none are given).</summary>
    public static Tensor rot90(Tensor input, long k = 1, (long, long)? dims = null) => input.rot90(k, dims);

    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    /// <summary>Powers of the elements as columns, as many as there are elements when <paramref name="N"/> is negative.</summary>
    public static Tensor vander(Tensor x, long N = -1, bool increasing = false) => Ops.vander(x, N < 0 ? null : N, increasing);

    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);

    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    public static Tensor pinverse(Tensor input, double rcond = 1e-15, bool hermitian = false) => Ops.pinv_operator(input, rcond, hermitian);

    public static Tensor trapezoid(Tensor y, Tensor x, long dim = -1) => Ops.trapezoid_x(y, x, dim);

    public static Tensor trapezoid(Tensor y, double dx = 1, long dim = -1) => Ops.trapezoid_dx(y, dx, dim);

    public static Tensor trapz(Tensor y, Tensor x, long dim = -1) => Ops.trapezoid_x(y, x, dim);

    public static Tensor trapz(Tensor y, double dx = 1, long dim = -1) => Ops.trapezoid_dx(y, dx, dim);

    public static Tensor cumulative_trapezoid(Tensor y, Tensor x, long dim = -1) => Ops.cumulative_trapezoid_x(y, x, dim);

    public static Tensor cumulative_trapezoid(Tensor y, double dx = 1, long dim = -1) => Ops.cumulative_trapezoid_dx(y, dx, dim);

    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
        Tensor input, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique_consecutive(return_inverse, return_counts, dim);

    /// <summary>How <see cref="cdist"/> finds Euclidean distances: through a matrix product (faster, less exact) or not.</summary>
    public enum compute_mode
    {
        use_mm_for_euclid_dist_if_necessary = 0,
        use_mm_for_euclid_dist = 1,
        donot_use_mm_for_euclid_dist = 2,
    }

    /// <summary>The p-norm distance of each row of <paramref name="x1"/> [..., P, M] from each of <paramref name="x2"/> [..., R, M]: [..., P, R].</summary>
    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Ops.cdist_operator(x1, x2, p, (long)compute_mode);

    /// <summary>Counts (or, with <paramref name="weight"/>, sums) in equal bins over the range, the data's own unless given; as a density if wanted.</summary>
    public static (Tensor hist, Tensor bin_edges) histogram(
        Tensor input, long bins, (double min, double max)? range = null, Tensor? weight = null, bool density = false) =>
        Ops.histogram_count(input, bins, range is var (min, max) ? [min, max] : null, weight, density);

    /// <summary>The element type of an operator's result on both tensors.</summary>
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Ops.result_type(tensor1, tensor2);

    /// <summary>The smallest element type that holds both.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Ops.promote_types(type1, type2);

    /// <summary>The shape that tensors of these shapes have when they are broadcast together.</summary>
    /// <exception cref="ArgumentException">when they do not fit</exception>
    public static Size broadcast_shapes(params long[][] shapes)
    {
        var result = Enumerable.Repeat(1L, shapes.Length == 0 ? 0 : shapes.Max(shape => shape.Length)).ToArray();
        foreach (var shape in shapes)
        {
            for (var k = 1; k <= shape.Length; k++)
            {
                if (shape[^k] < 0) throw new ArgumentException($"a shape has a negative size: [{string.Join(", ", shape)}]", nameof(shapes));
                if (shape[^k] == 1 || shape[^k] == result[^k]) continue;
                if (result[^k] != 1)
                    throw new ArgumentException($"shapes {string.Join(" and ", shapes.Select(s => $"[{string.Join(", ", s)}]"))} cannot be broadcast together", nameof(shapes));
                result[^k] = shape[^k];
            }
        }
        return new Size(result);
    }

    /// <summary>The LU decomposition in one matrix, its pivots and, if asked for, whether each factorisation succeeded (0) or which pivot is 0.</summary>
    public static (Tensor A_LU, Tensor? pivots, Tensor? infos) lu(Tensor A, bool pivot = true, bool get_infos = false)
    {
        var (packed, pivots, infos) = Ops.lu_with_info(A, pivot, check_errors: !get_infos);
        return (packed, pivots, Tensor.Wanted(infos, get_infos));
    }

    public static Tensor polygamma_(Tensor input, long p) => input.polygamma_(p);

    public static bool is_tensor(object obj) => obj is Tensor;

    public static Tensor row_stack(params Tensor[] tensors) => Ops.row_stack(tensors);

    public static Tensor column_stack(params Tensor[] tensors) => Ops.column_stack(tensors);

    public static Tensor cartesian_prod(params Tensor[] tensors) => Ops.cartesian_prod(tensors);

    public static Tensor hstack(IEnumerable<Tensor> tensors) => Ops.hstack([.. tensors]);

    public static Tensor dstack(IEnumerable<Tensor> tensors) => Ops.dstack([.. tensors]);

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => Array.ConvertAll(input, tensor => tensor.atleast_1d());

    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => Array.ConvertAll(input, tensor => tensor.atleast_2d());

    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => Array.ConvertAll(input, tensor => tensor.atleast_3d());

    /// <summary>Sums the products over pairs of dimensions: of <paramref name="a"/> and of <paramref name="b"/>.</summary>
    public static Tensor tensordot(Tensor a, Tensor b, (long, long)[] dims) => a.tensordot(b, dims);

    public static Tensor roll(Tensor input, (long, long) shifts, (long, long) dims) => input.roll(shifts, dims);

    public static Tensor roll(Tensor input, (long, long, long) shifts, (long, long, long) dims) => input.roll(shifts, dims);

    public static Tensor unflatten(Tensor input, long dim, Size sizes) => input.unflatten(dim, sizes);

    public static Tensor tril_indices(long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Ops.tril_indices(row, col, offset, dtype, device);

    public static Tensor triu_indices(long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Ops.triu_indices(row, col, offset, dtype, device);

    public static partial class linalg
    {
        /// <summary>Solves A X = B for a tensor of unknowns: the <paramref name="dims"/> of A are moved to its end, and the rest is as many as B has.</summary>
        public static Tensor tensorsolve(Tensor A, Tensor B, long[]? dims = null) => Ops.tensorsolve_operator(A, B, dims);

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Ops.qr_operator(input, mode.ToString().ToLowerInvariant());

        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static (Tensor eigenvalues, Tensor eigenvectors) eigh(Tensor input, char UPLO = 'L') => Ops.eigh_operator(input, UPLO.ToString());

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Ops.eigvalsh_operator(input, UPLO.ToString());

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Ops.norm_operator(input, ord, dims, keepdim, null);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.norm_operator(input, (Scalar)ord, dims, keepdim, null);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Ops.norm_operator(input, (Scalar)ord, dims, keepdim, null);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Ops.norm_operator(input, (Scalar?)null, dims, keepdim, null);

        public static Tensor vector_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.vector_norm_operator(input, ord, dims, keepdim, null);

        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Ops.matrix_norm_operator(input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.matrix_norm_operator(input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor cond(Tensor input) => Ops.cond_operator(input, (Scalar?)null);

        public static Tensor cond(Tensor input, double p) => Ops.cond_operator(input, p);

        public static Tensor cond(Tensor input, int p) => Ops.cond_operator(input, p);

        public static Tensor cond(Tensor input, string p) => Ops.cond_operator(input, p);
    }

    public partial class Tensor
    {
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.divide_exact(this, target) : Ops.divide_rounded(this, target, Name(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.divide_exact(this, target) : Ops.divide_rounded(this, target, Name(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.divide_exact_(this, target) : Ops.divide_rounded_(this, target, Name(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.divide_exact_(this, target) : Ops.divide_rounded_(this, target, Name(rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor squeeze(long? dim = null) => dim is { } d ? Ops.squeeze_one(this, d) : Ops.squeeze_all(this);

        public Tensor squeeze_(long? dim = null) => dim is { } d ? Ops.squeeze_one_(this, d) : Ops.squeeze_all_(this);

        public Tensor polygamma_(long p) => Ops.polygamma_order_(this, p);

        public Tensor not_equal_(Tensor target) => ne_(target);

        public Tensor less_equal_(Tensor target) => le_(target);

        public Tensor rrelu(double lower = 1.0 / 8, double upper = 1.0 / 3) => Ops.rrelu(this, lower, upper, false);

        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            tensordot(b, Array.ConvertAll(dims, pair => pair.Item1), Array.ConvertAll(dims, pair => pair.Item2));

        public Tensor roll((long, long) shifts, (long, long) dims) => roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) =>
            roll([shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        /// <summary>The transpose of a matrix.</summary>
        public Tensor T => t();

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>The conjugate transpose of a matrix.</summary>
        public Tensor H => Ops.adjoint(this);

        /// <summary>The conjugate of the tensor with its last two dimensions exchanged.</summary>
        public Tensor mH => Ops.adjoint(this);

        /// <summary>The real parts, as a view of a complex tensor.</summary>
        public Tensor real => Ops.real(this);

        /// <summary>The imaginary parts, as a view of a complex tensor.</summary>
        public Tensor imag => Ops.imag(this);

        public Tensor permute(IEnumerable<long> permutation) => Ops.permute(this, permutation.ToArray());

        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Ops.rot90_operator(this, k, dims is var (first, second) ? [first, second] : [0, 1]);

        public Tensor polygamma(long p) => Ops.polygamma_order(p, this);

        public Tensor vander(long N = -1, bool increasing = false) => torch.vander(this, N, increasing);

        public Tensor trapezoid(Tensor x, long dim = -1) => torch.trapezoid(this, x, dim);

        public Tensor trapezoid(double dx = 1, long dim = -1) => torch.trapezoid(this, dx, dim);

        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => torch.cumulative_trapezoid(this, x, dim);

        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) => torch.cumulative_trapezoid(this, dx, dim);

        /// <summary>The places of the elements that are not zero: one tensor of positions for each dimension.</summary>
        public IList<Tensor> nonzero_as_list() => Ops.where(this);

        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

        public Tensor tensordot(Tensor b, long dims = 2)
        {
            long first = ndim - dims;
            return tensordot(b, [.. Enumerable.Range(0, (int)dims).Select(k => first + k)], [.. Enumerable.Range(0, (int)dims).Select(k => (long)k)]);
        }

        public Tensor count_nonzero(long[]? dims = null) => Ops.count_nonzero(this, dims ?? [.. Enumerable.Range(0, (int)ndim).Select(k => (long)k)]);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = dim is { } d
                ? Ops.unique_along(this, d, sorted, return_inverse, return_counts)
                : Ops.unique_all(this, sorted, return_inverse, return_counts);
            return (output, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = Ops.unique_runs(this, return_inverse, return_counts, dim);
            return (output, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Ops.pinv_operator(this, rcond, hermitian);

        public Tensor elu(double alpha = 1) => Ops.elu(this, alpha, null, null);

        public Tensor elu_(double alpha = 1) => Ops.elu_(this, alpha, null, null);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Ops.elu(this, alpha, scale, input_scale);

        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Ops.elu_(this, alpha, scale, input_scale);

        public Tensor gelu() => Ops.gelu(this, null);

        public Tensor gelu(Modules.GELU.Approximate approximate) => Ops.gelu(this, approximate.ToString());

        public Tensor gelu_() => Ops.gelu_(this, null);

        public Tensor gelu_(Modules.GELU.Approximate approximate) => Ops.gelu_(this, approximate.ToString());

        /// <summary>Whole numbers from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
        public Tensor random_(double from, double to, Generator? generator = null) => Ops.random_from_(this, (long)from, (long)to, generator);

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros_like(this, dtype, device, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones_like(this, dtype, device, requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty_like(this, dtype, device, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.full_like(this, value, dtype, device, requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.rand_like(this, dtype, device, requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randn_like(this, dtype, device, requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randint_like(this, low, high, dtype, device, requires_grad);

        internal static Tensor? Wanted(Tensor tensor, bool wanted)
        {
            if (wanted) return tensor;
            tensor.Dispose();
            return null;
        }
    }
}
