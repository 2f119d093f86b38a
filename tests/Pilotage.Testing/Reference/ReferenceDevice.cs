using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>The oracle's device: every operator as a plain loop in double. Not for training: it is slow and allocates on every call.</summary>
/// <remarks>
/// Parameters are read from their float buffers unless an override in double is set, so that central differences are not limited by float's spacing.
/// Gradients are kept in double here and added, rounded, to the parameters' float buffer. Not thread-safe.
/// </remarks>
public sealed class ReferenceDevice : Device
{
    private readonly Dictionary<Parameter, double[]> _overrides = [];
    private readonly Dictionary<Parameter, double[]> _gradients = [];
    private readonly List<double[]> _detached = [];
    private int _next;
    private bool _replaying;

    /// <inheritdoc/>
    public override string Name => "reference";

    /// <summary>The gradient of all backward passes since <see cref="ClearGradients"/>.</summary>
    /// <param name="parameter">Any parameter.</param>
    /// <returns>As long as the parameter has elements; zeros if no gradient reached it.</returns>
    public double[] GradientOf(Parameter parameter)
    {
        if (!_gradients.TryGetValue(parameter, out var gradient)) _gradients[parameter] = gradient = new double[parameter.Shape.Count];
        return gradient;
    }

    /// <summary>Forgets all gradients in double; the float buffers stay.</summary>
    public void ClearGradients() => _gradients.Clear();

    /// <summary>Values to read in place of the parameter's own.</summary>
    /// <param name="parameter">Any parameter.</param>
    /// <param name="values">As many as the parameter has elements; kept by reference, so a caller may change single elements between steps.</param>
    public void Override(Parameter parameter, double[] values) => _overrides[parameter] = values;

    /// <summary>Reads all parameters from their own buffers again.</summary>
    public void ClearOverrides() => _overrides.Clear();

    /// <summary>From now on the n-th detached tensor of a step has the values that it had in the last step before this call: what a gradient holds constant, a difference must hold constant too.</summary>
    public void ReplayDetached() => _replaying = true;

    /// <summary>Detached tensors follow their sources again.</summary>
    public void FollowDetached()
    {
        _replaying = false;
        _detached.Clear();
    }

    internal override Tape CreateTape() => new ReferenceTape(this);

    internal double[] Read(Parameter parameter)
    {
        if (_overrides.TryGetValue(parameter, out var values)) return [.. values];
        var read = new double[parameter.Shape.Count];
        for (var i = 0; i < read.Length; i++) read[i] = parameter.Values[i];
        return read;
    }

    internal double[] Detach(double[] values)
    {
        if (_replaying) return _detached[_next++];
        if (_next++ == 0) _detached.Clear();
        _detached.Add(values);
        return values;
    }

    internal void StepEnded() => _next = 0;
}
