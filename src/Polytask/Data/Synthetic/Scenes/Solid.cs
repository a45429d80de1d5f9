namespace Polytask;

/// <summary>Where a ray from the camera meets a surface: the depth z (rays are (u, v, 1), so the ray's parameter is the depth), the unit normal
/// towards the camera, and the point in the solid's own axes.</summary>
internal readonly record struct Hit(double Depth, Vector Normal, Vector Local)
{
    public static Hit None => new(double.PositiveInfinity, default, default);
}

/// <summary>A solid that stands on the floor y = 1 of a room.</summary>
internal abstract record Solid(double X, double Z, double Scale, double Yaw)
{
    public const double Floor = 1;

    /// <summary>0 sphere, 1 cylinder, 2 box, 3 slab.</summary>
    public abstract int Kind { get; }

    /// <summary>Where a ray from the origin meets it first.</summary>
    public abstract Hit Meet(Vector ray);

    /// <summary>How much its texture darkens a point, 0 to 1.</summary>
    public abstract double Texture(Vector local);

    /// <summary>The solid of a kind.</summary>
    public static Solid Of(int kind, double x, double z, double scale, double yaw) => kind switch
    {
        0 => new Sphere(x, z, scale, yaw),
        1 => new Cylinder(x, z, scale, yaw),
        2 => new Cuboid(x, z, scale, yaw, new(0.45, 0.5, 0.45), 2),
        _ => new Cuboid(x, z, scale, yaw, new(0.85, 0.2, 0.55), 3),
    };

    private sealed record Sphere(double X, double Z, double Scale, double Yaw) : Solid(X, Z, Scale, Yaw)
    {
        public override int Kind => 0;

        public override Hit Meet(Vector ray)
        {
            var radius = 0.5 * Scale;
            var centre = new Vector(X, Floor - radius, Z);
            var (a, b, c) = (ray.Dot(ray), ray.Dot(centre), centre.Dot(centre) - radius * radius);
            var root = b * b - a * c;
            if (root < 0) return Hit.None;
            var depth = (b - Math.Sqrt(root)) / a;
            var local = depth * ray - centre;
            return depth > 0 ? new(depth, 1 / radius * local, local) : Hit.None;
        }

        public override double Texture(Vector local) => 0;
    }

    private sealed record Cylinder(double X, double Z, double Scale, double Yaw) : Solid(X, Z, Scale, Yaw)
    {
        public override int Kind => 1;

        public override Hit Meet(Vector ray)
        {
            var (radius, top) = (0.36 * Scale, Floor - 1.5 * Scale);
            var (a, b, c) = (ray.X * ray.X + 1, ray.X * X + Z, X * X + Z * Z - radius * radius);
            var root = b * b - a * c;
            if (root < 0) return Hit.None;
            var depth = (b - Math.Sqrt(root)) / a;
            var point = depth * ray;
            if (depth > 0 && point.Y >= top && point.Y <= Floor)
            {
                var local = point - new Vector(X, top, Z);
                return new(depth, 1 / radius * new Vector(local.X, 0, local.Z), local);
            }
            // From above the top disc is seen.
            if (top <= 0 || ray.Y <= 0) return Hit.None;
            var flat = top / ray.Y * ray - new Vector(X, top, Z);
            return flat.X * flat.X + flat.Z * flat.Z <= radius * radius ? new(top / ray.Y, new(0, -1, 0), flat) : Hit.None;
        }

        // Eight upright stripes.
        public override double Texture(Vector local) => (int)Math.Floor(Math.Atan2(local.Z, local.X) / Math.PI * 8) % 2 == 0 ? 1 : 0;
    }

    private sealed record Cuboid(double X, double Z, double Scale, double Yaw, Vector Extents, int Class) : Solid(X, Z, Scale, Yaw)
    {
        public override int Kind => Class;

        // In the solid's axes the ray enters a slab of space per axis; it hits where it has entered the last before it leaves the first.
        public override Hit Meet(Vector ray)
        {
            var half = Scale * Extents;
            var centre = new Vector(X, Floor - half.Y, Z);
            var (from, along) = ((-1 * centre).Turned(-Yaw), ray.Turned(-Yaw));
            var (enter, leave, face) = (double.NegativeInfinity, double.PositiveInfinity, default(Vector));
            void Slab(double start, double step, double extent, Vector axis)
            {
                if (Math.Abs(step) < 1e-9) step = 1e-9; // parallel: it enters and leaves far away
                var (first, second) = ((-extent - start) / step, (extent - start) / step);
                if (Math.Min(first, second) > enter) (enter, face) = (Math.Min(first, second), -Math.Sign(step) * axis);
                leave = Math.Min(leave, Math.Max(first, second));
            }
            Slab(from.X, along.X, half.X, new(1, 0, 0));
            Slab(from.Y, along.Y, half.Y, new(0, 1, 0));
            Slab(from.Z, along.Z, half.Z, new(0, 0, 1));
            return enter < leave && enter > 0 ? new(enter, face.Turned(Yaw), from + enter * along) : Hit.None;
        }

        // Checks on a box, dots on a slab.
        public override double Texture(Vector local)
        {
            const double cell = 0.2;
            var (x, y, z) = (local.X / cell + 0.01, local.Y / cell + 0.01, local.Z / cell + 0.01); // off the faces, where rounding would decide
            if (Class == 2) return ((long)Math.Floor(x) + (long)Math.Floor(y) + (long)Math.Floor(z)) % 2 == 0 ? 1 : 0;
            double Off(double at) => at - Math.Floor(at) - 0.5;
            return Off(x) * Off(x) + Off(z) * Off(z) < 0.09 ? 1 : 0;
        }
    }
}
