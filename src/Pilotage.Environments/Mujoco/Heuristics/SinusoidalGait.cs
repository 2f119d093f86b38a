using System.Buffers;
using Pilotage.Numerics;
using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>Moves each joint as a sine of time and looks at nothing: the simplest way to walk, and the row that a learned policy must beat.</summary>
/// <remarks>The idea of an open-loop baseline for locomotion: Raffin et al., arXiv:2310.05808. Here the sine is the control itself.</remarks>
/// <param name="period">Steps of one cycle, above 0.</param>
/// <param name="centres">Mean control of each actuator.</param>
/// <param name="amplitudes">Largest distance from the mean.</param>
/// <param name="phases">Where in the cycle each actuator begins, in cycles.</param>
/// <param name="bound">Largest control; the sines are cut there.</param>
internal sealed class SinusoidalGait(double period, float[] centres, float[] amplitudes, float[] phases, float bound = 1) : IPolicy
{
    /// <inheritdoc/>
    public PolicyMemory CreateMemory(int rows) => new Clock(rows);

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        var clock = (Clock)memory;
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            var cycles = clock.Steps[row]++ / period;
            var values = actions.Values.Slice(row * centres.Length, centres.Length);
            for (var i = 0; i < values.Length; i++)
            {
                var phase = cycles + phases[i];
                values[i] = Math.Clamp(centres[i] + amplitudes[i] * (float)Trigonometry.SinCos(2 * Math.PI * (phase - Math.Floor(phase))).Sin, -bound, bound);
            }
        }
    }

    private sealed class Clock(int rows) : PolicyMemory
    {
        public long[] Steps { get; } = new long[rows];

        public override void ResetRow(int row) => Steps[row] = 0;

        public override void Save(IBufferWriter<byte> writer) => writer.Write<long>(Steps);

        public override void Load(ref SequenceReader<byte> reader) => reader.ReadInto(Steps.AsSpan());
    }
}
