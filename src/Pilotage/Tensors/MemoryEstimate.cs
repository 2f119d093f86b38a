using Pilotage.Tensors.Planning;

namespace Pilotage.Tensors;

/// <summary>How many bytes a training takes besides the program itself, told before it starts.</summary>
/// <param name="Parameters">Values, gradients and what the optimiser keeps of each.</param>
/// <param name="Step">Values and gradients of one gradient step, at their highest.</param>
/// <param name="Experience">Rollouts, replay memories, minibatches.</param>
public readonly record struct MemoryEstimate(long Parameters, long Step, long Experience)
{
    /// <summary>All of them.</summary>
    public long Total => Parameters + Step + Experience;

    /// <summary>Adds what several learners or networks take.</summary>
    /// <param name="left">First.</param><param name="right">Second.</param>
    /// <returns>The sums.</returns>
    public static MemoryEstimate operator +(MemoryEstimate left, MemoryEstimate right) =>
        new(left.Parameters + right.Parameters, left.Step + right.Step, left.Experience + right.Experience);

    /// <summary>Bytes that the steps of this thread have taken from the system and keep: what an estimate is held against.</summary>
    public static long MeasuredSteps => TapeStack.Bytes;

    /// <summary>Bytes of one gradient step on the managed device, found by running it on shapes alone: nothing is computed.</summary>
    /// <param name="loss">Builds the loss in the open step. Numbers that it reads from the step (<see cref="Tensor.Item"/>) are 0.</param>
    /// <param name="parameters">What the loss is descended by.</param>
    /// <returns>Bytes of values and gradients, at their highest.</returns>
    /// <remarks>What a <see cref="Pilotage.Tensors.Step"/> takes from the system in its first run; it keeps that for the next ones.</remarks>
    public static long OfStep(Func<Tensor> loss, Parameters parameters)
    {
        var device = new PlanningDevice();
        using (var step = Tensors.Step.Begin(device))
        {
            var result = loss();
            result.Tape.Backward(result.Slot, parameters);
        }
        return device.Bytes;
    }
}
