using Pilotage.Tensors;

namespace Pilotage.Torch.Operators;

/// <summary>Refuses a gradient through weights that an optimiser has changed since they were read: libtorch does not see changes that it did not make.</summary>
internal static class StaleWeights
{
    public static void ThrowIfReached(Node[] nodes, int[] parts, int from, Parameters parameters)
    {
        var any = false;
        for (var slot = 0; slot <= from && !any; slot++) any = IsStale(nodes[slot]);
        if (!any) return;
        MarkNeeded(nodes, parts, from, parameters);
        var reached = new bool[from + 1];
        reached[from] = true;
        for (var slot = from; slot >= 0; slot--)
        {
            ref readonly var node = ref nodes[slot];
            if (!reached[slot] || !node.Needed) continue;
            // A layer's own gradient needs its input and not its weights; only what goes on to the input does.
            if (IsStale(node) && (node.Kind != NodeKind.Linear || nodes[node.Left].Needed))
                throw new InvalidOperationException($"{node.Weight!.Name} was updated after this loss was computed with it, so its gradient would be wrong. Add the losses up, or compute the second one anew.");
            foreach (var input in Inputs(node, parts))
                if (input >= 0) reached[input] = true;
        }
    }

    private static bool IsStale(in Node node) => node.Weight is { } weight && weight.Owner.Updates != node.WeightUpdates;

    private static void MarkNeeded(Node[] nodes, int[] parts, int from, Parameters parameters)
    {
        for (var slot = 0; slot <= from; slot++)
        {
            ref var node = ref nodes[slot];
            node.Needed = node.Kind is NodeKind.Checkpoint or NodeKind.Input || node.Weight?.Owner == parameters || node.Bias?.Owner == parameters;
            foreach (var input in Inputs(node, parts)) node.Needed |= input >= 0 && nodes[input].Needed;
        }
    }

    private static ReadOnlySpan<int> Inputs(in Node node, int[] parts) => node.Kind is NodeKind.Concat or NodeKind.Apply
        ? parts.AsSpan(node.Left, node.Right - node.Left)
        : new[] { node.Left, node.Right };
}
