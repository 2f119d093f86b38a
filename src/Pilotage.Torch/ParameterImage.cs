using Pilotage.Tensors;
using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch;

/// <summary>A set of parameters as one step sees it: a leaf of libtorch's graph for each, and the buffer where their gradients gather.</summary>
/// <remarks>
/// On the processor in float32 both lie in the parameters' own memory: nothing is copied, and libtorch adds gradients in place. Elsewhere the whole set goes
/// over in one piece at its first use in a step and its gradient comes back in one piece. It lives for one step, so that nothing is left over and a
/// change of values by anyone (an optimiser, averaging, loading) is always seen.
/// </remarks>
internal sealed class ParameterImage(Parameters parameters, TorchDevice device, bool recorded) : IDisposable
{
    private readonly Dictionary<Parameter, Native> _leaves = [];
    private readonly Native _values = OnDevice(HostCopy.Shared(parameters.ValueMemory), device);
    private Native? _gradients;

    public Parameters Parameters => parameters;

    /// <summary>Updates of the parameters when they were read.</summary>
    public int Updates { get; } = parameters.Updates;

    public Native Leaf(Parameter parameter)
    {
        if (_leaves.TryGetValue(parameter, out var leaf)) return leaf;
        leaf = View(_values, parameter);
        _leaves.Add(parameter, leaf);
        return recorded ? leaf.requires_grad_(true) : leaf;
    }

    /// <summary>Makes the leaves ready for a backward pass and adds them to its targets.</summary>
    public void Prepare(List<Native> targets)
    {
        if (_gradients is null) _gradients = device.SharesMemory ? HostCopy.Shared(parameters.GradientMemory) : zeros_like(_values);
        else if (!device.SharesMemory) _gradients.zero_();
        foreach (var (parameter, leaf) in _leaves)
        {
            targets.Add(leaf);
            using var gradient = View(_gradients, parameter);
            leaf.grad = gradient;
        }
    }

    /// <summary>Adds what the backward pass left to the parameters' gradients, where it is not there already.</summary>
    public void Collect()
    {
        if (device.SharesMemory) return;
        if (device.GradientMade is { } tell)
        {
            foreach (var parameter in _leaves.Keys)
            {
                var gradient = new double[parameter.Shape.Count];
                using var view = View(_gradients!, parameter);
                HostCopy.ToDoubles(view, gradient);
                tell(parameter, gradient);
            }
        }
        using var host = HostCopy.Shared(parameters.GradientMemory);
        using var rounded = _gradients!.to(ScalarType.Float32, CPU);
        host.add_(rounded);
    }

    public void Dispose()
    {
        foreach (var leaf in _leaves.Values) leaf.Dispose();
        _gradients?.Dispose();
        _values.Dispose();
    }

    private static Native OnDevice(Native shared, TorchDevice device)
    {
        if (device.SharesMemory) return shared;
        using (shared) return shared.to(device.Type, device.Place);
    }

    private static Native View(Native flat, Parameter parameter)
    {
        var extents = HostCopy.Extents(parameter.Shape);
        var strides = new long[extents.Length];
        for (var (i, stride) = (extents.Length - 1, 1L); i >= 0; stride *= Math.Max(1, extents[i]), i--) strides[i] = stride;
        // The offset counts from the storage, which for shared memory begins at the first element, not at the array.
        return flat.as_strided(extents, strides, parameter.Offset);
    }
}
