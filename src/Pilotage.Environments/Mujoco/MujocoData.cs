using System.Buffers;
using System.Runtime.CompilerServices;
using Pilotage.Environments.Mujoco.Native;

namespace Pilotage.Environments.Mujoco;

/// <summary>One simulation: the changing state of a model. Its spans are views of the native memory and live as long as this object.</summary>
/// <remarks>
/// Not thread-safe; one for each row. After an error of MuJoCo the native state is not to be trusted: it is freed, and every later use throws. Steps allocate
/// nothing. The native memory is freed by <see cref="Dispose"/>, or when nothing refers to this object any more.
/// </remarks>
public sealed unsafe class MujocoData : ISaved, IDisposable
{
    private const int MostOnStack = 256;

    private readonly DataHandle _handle;
    private readonly nint _data;
    private string? _error;

    /// <summary>Makes a simulation at the model's initial state, at time 0; positions of bodies are not yet computed.</summary>
    /// <param name="model">Shared with other simulations; must not be disposed of before them.</param>
    /// <exception cref="RunFailedException">MuJoCo found no memory.</exception>
    public MujocoData(MujocoModel model)
    {
        Model = model;
        var (data, error) = ErrorGuard.Call(model.Library.MakeData, model.Pointer, 0);
        if (data == 0) throw new RunFailedException($"MuJoCo made no simulation: {error ?? "it gave no reason"}");
        _data = data;
        _handle = new(model.Library, data);
    }

    /// <summary>The model.</summary>
    public MujocoModel Model { get; }

    /// <summary>Simulated time since the beginning, in seconds.</summary>
    public double Time => *(double*)Place(DataLayout.Time);

    /// <summary>Where the native state lies: for tests that break it.</summary>
    internal nint Pointer => Place(0);

    /// <summary>Generalised positions (qpos), shape [nq], in metres and radians; may be changed before <see cref="Forward"/>.</summary>
    public Span<double> Positions => Doubles(DataLayout.Positions, Model.PositionCount);

    /// <summary>Generalised velocities (qvel), shape [nv], per second; may be changed before <see cref="Forward"/>.</summary>
    public Span<double> Velocities => Doubles(DataLayout.Velocities, Model.VelocityCount);

    /// <summary>Controls (ctrl), shape [nu]: to be set before <see cref="Step"/>. MuJoCo clamps what it applies, not what stands here.</summary>
    public Span<double> Controls => Doubles(DataLayout.Controls, Model.ActuatorCount);

    /// <summary>Origin of each body (xpos), row-major [nbody, 3], in metres; after <see cref="Step"/> of the last place where forces were computed.</summary>
    public ReadOnlySpan<double> BodyPositions => Doubles(DataLayout.BodyPositions, 3 * Model.BodyCount);

    /// <summary>Centre of mass of each body (xipos), row-major [nbody, 3], in metres; of the same instant as <see cref="BodyPositions"/>.</summary>
    public ReadOnlySpan<double> CentresOfMass => Doubles(DataLayout.CentresOfMass, 3 * Model.BodyCount);

    /// <summary>Place of each site (site_xpos), row-major [nsite, 3], in metres; of the same instant as <see cref="BodyPositions"/>.</summary>
    public ReadOnlySpan<double> SitePositions => Doubles(DataLayout.SitePositions, 3 * Model.SiteCount);

    /// <summary>Centre of each geometry (geom_xpos), row-major [ngeom, 3], in metres; of the same instant as <see cref="BodyPositions"/>.</summary>
    public ReadOnlySpan<double> GeometryPositions => Doubles(DataLayout.GeometryPositions, 3 * Model.GeometryCount);

    /// <summary>Rotation of each geometry (geom_xmat), row-major [ngeom, 3, 3]; of the same instant as <see cref="BodyPositions"/>.</summary>
    public ReadOnlySpan<double> GeometryRotations => Doubles(DataLayout.GeometryRotations, 9 * Model.GeometryCount);

    /// <summary>Inertia of each body about the centre of mass of its tree, with mass (cinert), row-major [nbody, 10].</summary>
    public ReadOnlySpan<double> BodyInertias => Doubles(DataLayout.BodyInertias, 10 * Model.BodyCount);

    /// <summary>Rotational and translational velocity of each body about the centre of mass of its tree (cvel), row-major [nbody, 6].</summary>
    public ReadOnlySpan<double> BodyVelocities => Doubles(DataLayout.BodyVelocities, 6 * Model.BodyCount);

    /// <summary>Forces of the actuators on each degree of freedom (qfrc_actuator), shape [nv], in newtons and newton metres.</summary>
    public ReadOnlySpan<double> ActuatorForces => Doubles(DataLayout.ActuatorForces, Model.VelocityCount);

    /// <summary>Forces of contacts and limits on each degree of freedom (qfrc_constraint), shape [nv], in newtons and newton metres.</summary>
    public ReadOnlySpan<double> ConstraintForces => Doubles(DataLayout.ConstraintForces, Model.VelocityCount);

    /// <summary>External torque and force on each body (cfrc_ext), row-major [nbody, 6]; filled by <see cref="ComputeExternalForces"/>, 0 after <see cref="Reset"/>.</summary>
    public ReadOnlySpan<double> ExternalForces => Doubles(DataLayout.ExternalForces, 6 * Model.BodyCount);

    /// <summary>Begins again: the state of a new simulation, bit for bit, as far as later steps and results of <see cref="Forward"/> depend on it.</summary>
    /// <remarks><c>mj_resetData</c> clears three megabytes each time and takes as long as several steps of a small model; this clears what counts.</remarks>
    /// <exception cref="RunFailedException">MuJoCo stopped with an error; this object can no longer be used.</exception>
    public void Reset()
    {
        if (Model.Count(ModelLayout.MocapCount) > 0)                                    // these bodies begin where the model puts them
        {
            Call(Model.Library.ResetData);
            return;
        }
        Model.InitialPositions.CopyTo(Positions);
        foreach (var part in IntegrationState()) if (part != DataLayout.Positions) Doubles(part).Clear();
        *(double*)Place(DataLayout.Time) = 0;
        Doubles(DataLayout.BodyAccelerations, 6 * Model.BodyCount).Clear();
        Doubles(DataLayout.InteractionForces, 6 * Model.BodyCount).Clear();
        Doubles(DataLayout.ExternalForces, 6 * Model.BodyCount).Clear();
        new Span<byte>((void*)Place(DataLayout.Warnings), (DataLayout.LastStateWarning + 1) * DataLayout.WarningSize).Clear();
    }

    /// <summary>Computes everything that follows from positions, velocities and controls, without advancing time.</summary>
    /// <exception cref="RunFailedException">MuJoCo stopped with an error; this object can no longer be used.</exception>
    public void Forward() => Call(Model.Library.ForwardData);

    /// <summary>Advances time.</summary>
    /// <param name="count">How many timesteps, at least 0.</param>
    /// <returns>
    /// Whether the state is usable. <see langword="false"/> if positions, velocities, accelerations or controls were not finite or too large: MuJoCo then has put
    /// the state back to the beginning by itself, without another sign than a warning. Call <see cref="Reset"/> before going on.
    /// </returns>
    /// <exception cref="RunFailedException">MuJoCo stopped with an error; this object can no longer be used.</exception>
    public bool Step(int count = 1)
    {
        for (var i = 0; i < count; i++) Call(Model.Library.StepData);
        return IsUsable();
    }

    /// <summary>Fills <see cref="ExternalForces"/> from the contacts of the last step. Changes nothing that later steps depend on.</summary>
    /// <exception cref="RunFailedException">MuJoCo stopped with an error; this object can no longer be used.</exception>
    public void ComputeExternalForces() => Call(Model.Library.PostConstraint);

    /// <summary>Brings the places of bodies, sites and geometries up to the present positions, for drawing. Changes nothing that later steps depend on.</summary>
    /// <exception cref="RunFailedException">MuJoCo stopped with an error; this object can no longer be used.</exception>
    public void ComputePlaces()
    {
        Span<double> kept = Positions.Length <= MostOnStack ? stackalloc double[Positions.Length] : new double[Positions.Length];
        Positions.CopyTo(kept);
        Call(Model.Library.Kinematics);
        kept.CopyTo(Positions);                                                         // MuJoCo normalises quaternions in place, and once more at the next step
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Time and all that the next step starts from, the solver's warm start included: without it, the next step differs in the last bits. What follows from
    /// a step (places, forces) is not kept.
    /// </remarks>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<double>([Time]);
        foreach (var part in IntegrationState()) writer.Write<double>(Doubles(part));
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Reset();
        reader.ReadInto(new Span<double>((void*)Place(DataLayout.Time), 1));
        foreach (var part in IntegrationState()) reader.ReadInto(Doubles(part));
        ComputePlaces();
    }

    /// <summary>Frees the native memory.</summary>
    public void Dispose() => _handle.Dispose();

    private static ReadOnlySpan<int> IntegrationState() =>
    [
        DataLayout.Positions, DataLayout.Velocities, DataLayout.Activations, DataLayout.WarmStart, DataLayout.Controls, DataLayout.JointForces,
        DataLayout.BodyForces, DataLayout.MocapPositions, DataLayout.MocapRotations, DataLayout.UserData,
    ];

    private Span<double> Doubles(int part) => Doubles(part, part switch
    {
        DataLayout.Positions => Model.PositionCount,
        DataLayout.Velocities or DataLayout.WarmStart or DataLayout.JointForces => Model.VelocityCount,
        DataLayout.Activations => Model.Count(ModelLayout.ActivationCount),
        DataLayout.Controls => Model.ActuatorCount,
        DataLayout.BodyForces => 6 * Model.BodyCount,
        DataLayout.MocapPositions => 3 * Model.Count(ModelLayout.MocapCount),
        DataLayout.MocapRotations => 4 * Model.Count(ModelLayout.MocapCount),
        DataLayout.UserData => Model.Count(ModelLayout.UserDataCount),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    });

    private Span<double> Doubles(int offset, int count) => new(*(double**)Place(offset), count);

    private bool IsUsable()
    {
        var warnings = 0;
        for (var kind = DataLayout.FirstStateWarning; kind <= DataLayout.LastStateWarning; kind++)
            warnings |= *(int*)Place(DataLayout.Warnings + kind * DataLayout.WarningSize + DataLayout.WarningCount);
        if (warnings != 0) return false;
        var sum = 0.0;                                                                  // 0 x is NaN where x is not finite
        foreach (var value in Positions) sum += 0 * value;
        foreach (var value in Velocities) sum += 0 * value;
        return sum == 0;
    }

    private nint Place(int offset)
    {
        if (_handle.IsClosed) ThrowUnusable();
        return _data + offset;
    }

    private void Call(nint function)
    {
        var (_, error) = ErrorGuard.Call(function, Model.Pointer, Place(0));
        GC.KeepAlive(this);
        if (error is not null) Fail(error);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fail(string error)
    {
        _error = error;
        _handle.Dispose();
        throw new RunFailedException($"MuJoCo stopped with an error: {error}. The simulation cannot go on.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowUnusable() =>
        throw new ObjectDisposedException(nameof(MujocoData), _error is null ? null : $"This simulation ended with an error of MuJoCo: {_error}. Make a new one.");
}
