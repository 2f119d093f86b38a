using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>The new state of a gated recurrent unit: z state + (1 - z) tanh(c + r c').</summary>
internal sealed class GatedRecurrence : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var state = call.Input(2);
        var (ofInput, ofState) = (call.Input(0).chunk(3, 1), call.Input(1).chunk(3, 1));
        try
        {
            using var resetSum = ofInput[0].add(ofState[0]);
            using var reset = resetSum.sigmoid();
            using var updateSum = ofInput[1].add(ofState[1]);
            using var update = updateSum.sigmoid();
            using var kept = reset.mul(ofState[2]);
            using var candidateSum = ofInput[2].add(kept);
            using var candidate = candidateSum.tanh();
            using var change = state.sub(candidate);
            using var old = update.mul(change);
            return candidate.add(old);                                                    // c + z (h - c)
        }
        finally
        {
            foreach (var gate in ofInput) gate.Dispose();
            foreach (var gate in ofState) gate.Dispose();
        }
    }
}
