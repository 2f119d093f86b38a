using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class WaitingTransitionsTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Works", ObservationSize = 2, Actions = new ActionSpace.Composite(new([3], Masked: true), new([0], [1])) };

    [Fact]
    public void MoveTo_Transitions_EnterTheReplayAsIfTheyHadNotWaited()
    {
        var (waiting, moved, direct) = (new WaitingTransitions(Spec), new Replay(3, Spec), new Replay(3, Spec));
        foreach (var sink in new ITransitionSink[] { waiting, direct })
            for (var i = 0; i < 4; i++)
                sink.Add([i, i + 0.5f], new([i % 3], [i / 10f]), i, 1 - i / 10f, [i + 1, i + 1.5f], [true, i % 2 == 0, false]);
        Assert.Equal(4, waiting.Count);
        waiting.MoveTo(moved);

        Assert.Equal(0, waiting.Count);
        Assert.Equal(direct.Count, moved.Count);
        Assert.Equal(Bytes(direct), Bytes(moved));
    }

    [Fact]
    public void Add_SteadyState_AllocatesNothing()
    {
        var spec = Spec with { Actions = new ActionSpace.Discrete(3, Masked: true) };
        var (waiting, replay) = (new WaitingTransitions(spec), new Replay(100, spec));
        var (observation, legal) = (new float[2], new bool[3]);
        var index = new int[1];
        Assert.Equal(0, Allocations.Fewest(() =>
        {
            for (var i = 0; i < 10; i++) waiting.Add(observation, new(index, []), i, 1, observation, legal);
            waiting.MoveTo(replay);
        }));
    }

    private static byte[] Bytes(Replay replay)
    {
        var writer = new System.Buffers.ArrayBufferWriter<byte>();
        replay.Save(writer);
        return writer.WrittenSpan.ToArray();
    }
}
