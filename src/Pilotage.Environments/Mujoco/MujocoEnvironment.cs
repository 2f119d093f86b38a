using System.Buffers;
using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.Mujoco;

/// <summary>One row of a MuJoCo task: sets controls, advances the simulation, lets the task judge and observe.</summary>
/// <remarks>
/// Actions outside the box are applied as MuJoCo does, clamped, and paid for as they are. Where the simulation breaks down (a number that is not finite or
/// too large), the episode terminates with reward 0 and shows the last good observation: MuJoCo itself would go on from the initial state as if nothing had
/// happened. Saved with the whole state that the next step starts from, so runs resume bit for bit in the middle of an episode.
/// </remarks>
/// <typeparam name="TTask">The task.</typeparam>
internal sealed class MujocoEnvironment<TTask> : IEnvironment, ISaved, IDrawable where TTask : struct, IMujocoTask<TTask>
{
    private readonly MujocoData _data;
    private readonly TTask _task;
    private readonly int _frameSkip;
    private readonly bool _usesExternalForces;
    private readonly MujocoView _view;
    private readonly float[] _shown;                    // the last observation, shown again if the simulation breaks down
    private double _measure;                            // of the last frame: what the next step's reward is measured from

    /// <param name="model">Checked against the description.</param>
    /// <param name="description">Of the same version.</param>
    /// <param name="version">Which definition.</param>
    public MujocoEnvironment(MujocoModel model, TaskDescription description, TaskVersion version)
    {
        (_data, _task) = (new(model), TTask.Create(model, version));
        (_frameSkip, _usesExternalForces) = (description.FrameSkip, description.UsesExternalForces);
        _view = description.View;
        _shown = new float[description.Spec.ObservationSize];
    }

    /// <summary>The simulation.</summary>
    public MujocoData Data => _data;

    /// <summary>Version 5, the newer; a registered environment brings its own description.</summary>
    public static EnvironmentSpec Describe() => TTask.Describe(TaskVersion.V5).Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        _data.Reset();
        _task.Begin(_data, ref random);
        _data.Forward();
        _measure = _task.Measure(_data);
        Show(first);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var controls = _data.Controls;
        for (var i = 0; i < controls.Length; i++) controls[i] = action.Values[i];
        if (!_data.Step(_frameSkip))
        {
            _shown.CopyTo(next.Observation);
            return new(0, End.Terminated);
        }
        if (_usesExternalForces) _data.ComputeExternalForces();
        var before = _measure;
        _measure = _task.Measure(_data);
        Show(next);
        return _task.Judge(_data, before, _measure, action.Values);
    }

    /// <inheritdoc/>
    public void Draw(Scene scene) => MujocoPicture.Draw(_data, _view, scene);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _data.Save(writer);
        writer.Write<double>([_measure]);
        writer.Write<float>(_shown);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _data.Load(ref reader);
        reader.ReadInto(new Span<double>(ref _measure));
        reader.ReadInto(_shown.AsSpan());
    }

    private void Show(Frame frame)
    {
        _task.Observe(_data, _shown);
        _shown.CopyTo(frame.Observation);
    }
}
