using System.Runtime.InteropServices;
using System.Text;
using Pilotage.Environments.Mujoco.Native;

namespace Pilotage.Environments.Mujoco;

/// <summary>A compiled MuJoCo model: bodies, joints, actuators and constants. Read-only, so any number of simulations share it, on any threads.</summary>
/// <remarks>The native memory is freed by <see cref="Dispose"/>, or when nothing refers to the model any more.</remarks>
public sealed unsafe class MujocoModel : IDisposable
{
    private const int MessageBytes = 1000;

    private readonly ModelHandle _handle;
    private readonly nint _model;

    private MujocoModel(MujocoLibrary library, nint model)
    {
        (Library, _model) = (library, model);
        _handle = new(library, model);
        Timestep = *(double*)(model + ModelLayout.Timestep);
        foreach (var mass in BodyMasses) TotalMass += mass;
        // All offsets come from one version's headers. A sum over the bodies that the library confirms needs the right count, pointer and type.
        if (TotalMass != library.TotalMass(model) || !(Timestep > 0))
            throw new RunFailedException($"The memory of a MuJoCo {library.Version} model is not laid out as expected. Reinstall the library: {MujocoLibrary.InstallCommand}");
    }

    /// <summary>Length of the position vector (nq): more than <see cref="VelocityCount"/> where there are quaternions.</summary>
    public int PositionCount => Count(ModelLayout.PositionCount);

    /// <summary>Degrees of freedom (nv).</summary>
    public int VelocityCount => Count(ModelLayout.VelocityCount);

    /// <summary>Number of actuators, and so of controls (nu).</summary>
    public int ActuatorCount => Count(ModelLayout.ActuatorCount);

    /// <summary>Number of bodies (nbody); body 0 is the world.</summary>
    public int BodyCount => Count(ModelLayout.BodyCount);

    /// <summary>Number of geometries (ngeom).</summary>
    public int GeometryCount => Count(ModelLayout.GeometryCount);

    /// <summary>Number of sites (nsite).</summary>
    public int SiteCount => Count(ModelLayout.SiteCount);

    /// <summary>Simulated time of one step, in seconds.</summary>
    public double Timestep { get; }

    /// <summary>Mass of all bodies, in kilograms.</summary>
    public double TotalMass { get; }

    /// <summary>Positions at the beginning of a simulation (qpos0), shape [<see cref="PositionCount"/>], in metres and radians.</summary>
    public ReadOnlySpan<double> InitialPositions => Doubles(ModelLayout.InitialPositions, PositionCount);

    /// <summary>Mass of each body, shape [<see cref="BodyCount"/>], in kilograms.</summary>
    public ReadOnlySpan<double> BodyMasses => Doubles(ModelLayout.BodyMasses, BodyCount);

    /// <summary>Lowest and highest control of each actuator, row-major [<see cref="ActuatorCount"/>, 2]; both 0 where the model names none.</summary>
    public ReadOnlySpan<double> ActuatorRanges => Doubles(ModelLayout.ActuatorRanges, 2 * ActuatorCount);

    /// <summary>Sliding, torsional and rolling friction of each geometry, row-major [<see cref="GeometryCount"/>, 3].</summary>
    public ReadOnlySpan<double> GeometryFrictions => Doubles(ModelLayout.GeometryFrictions, 3 * GeometryCount);

    /// <summary>Half sizes of each geometry in its own frame, row-major [<see cref="GeometryCount"/>, 3], in metres: MuJoCo's meaning for its type.</summary>
    public ReadOnlySpan<double> GeometrySizes => Doubles(ModelLayout.GeometrySizes, 3 * GeometryCount);

    /// <summary>The type of each geometry, shape [<see cref="GeometryCount"/>]: MuJoCo's <c>mjtGeom</c> (0 plane, 2 sphere, 3 capsule, 4 ellipsoid, 5 cylinder, 6 box).</summary>
    public ReadOnlySpan<int> GeometryTypes => Integers(ModelLayout.GeometryTypes, GeometryCount);

    /// <summary>The body of each geometry, shape [<see cref="GeometryCount"/>].</summary>
    public ReadOnlySpan<int> GeometryBodies => Integers(ModelLayout.GeometryBodies, GeometryCount);

    /// <summary>What MuJoCo warned of when it compiled the model; <see langword="null"/> if of nothing.</summary>
    public string? Warning { get; private init; }

    internal MujocoLibrary Library { get; }

    internal nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _model;
        }
    }

    /// <summary>Loads and compiles a model.</summary>
    /// <param name="path">A file in MuJoCo's XML format (MJCF).</param>
    /// <returns>The model.</returns>
    /// <exception cref="UserMistakeException">MuJoCo is not installed, the file is absent, or MuJoCo cannot compile it; its own message is passed on.</exception>
    public static MujocoModel Load(string path)
    {
        var library = MujocoLibrary.Load();
        if (!File.Exists(path)) throw new UserMistakeException(new Mistake("PIL1002", $"The model file {path} does not exist.", "", "Check the path.").ToString());
        Span<byte> message = stackalloc byte[MessageBytes];
        message.Clear();
        nint model;
        string? error;
        ErrorGuard.TakeWarning();
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'), text = message) (model, error) = ErrorGuard.Call(library.LoadXml, (nint)name, 0, (nint)text, MessageBytes);
        var told = error ?? Encoding.UTF8.GetString(message[..message.IndexOf((byte)0)]);
        if (model == 0)
        {
            var reason = string.Join(" ", told.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            throw new UserMistakeException(new Mistake("PIL1003", $"MuJoCo cannot load the model: {reason}", path, "Correct the file, or take an unchanged copy.").ToString());
        }
        return new(library, model) { Warning = told.Length > 0 ? told : ErrorGuard.TakeWarning() };
    }

    /// <summary>Finds a named thing.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its name in the model file; case counts.</param>
    /// <returns>Its number; -1 if there is none.</returns>
    public int Find(MujocoObject kind, string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0')) return (int)Call(Library.NameToId, (int)kind, (nint)text);
    }

    /// <summary>The name of a numbered thing.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="id">Its number.</param>
    /// <returns>Its name in the model file; <see langword="null"/> if it has none or does not exist.</returns>
    public string? NameOf(MujocoObject kind, int id) => Marshal.PtrToStringUTF8(Call(Library.IdToName, (int)kind, id));

    /// <summary>The name of the joint that an actuator drives.</summary>
    /// <param name="actuator">In [0, <see cref="ActuatorCount"/>).</param>
    /// <returns>The joint's name; <see langword="null"/> if it has none.</returns>
    public string? JointOf(int actuator)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actuator, (uint)ActuatorCount, nameof(actuator));
        return NameOf(MujocoObject.Joint, Integers(ModelLayout.ActuatorTransmissions, 2 * ActuatorCount)[2 * actuator]);
    }

    /// <summary>Frees the native memory. Simulations of this model can no longer be used.</summary>
    public void Dispose() => _handle.Dispose();

    internal int Count(int offset) => *(int*)(Pointer + offset);

    private nint Call(nint function, nint first, nint second)
    {
        var (result, error) = ErrorGuard.Call(function, Pointer, first, second);
        GC.KeepAlive(this);
        return error is null ? result : throw new RunFailedException($"MuJoCo stopped with an error: {error}");
    }

    private ReadOnlySpan<double> Doubles(int offset, int count) => new(*(double**)(Pointer + offset), count);

    private ReadOnlySpan<int> Integers(int offset, int count) => new(*(int**)(Pointer + offset), count);
}
