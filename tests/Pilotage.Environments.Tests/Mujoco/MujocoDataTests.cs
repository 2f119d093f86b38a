using System.Buffers;
using Pilotage.Environments.Mujoco;
using Pilotage.Environments.Mujoco.Native;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Environments.Tests.Mujoco;

public sealed unsafe class MujocoDataTests
{
    public static TheoryData<string> Files =>
        ["hopper.xml", "walker2d.xml", "half_cheetah.xml", "ant.xml", "humanoid.xml", "swimmer.xml", "inverted_pendulum.xml", "inverted_double_pendulum.xml", "reacher.xml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Step_TwoFreshSimulations_AreBitIdentical(string file)
    {
        using var model = Models.Load(file);
        using MujocoData one = new(model), two = new(model);

        for (var step = 0; step < 200; step++)
        {
            Push(one, step);
            Push(two, step);
            one.Step();
            two.Step();
        }

        Assert.Equal(Bits(one), Bits(two));
        Assert.Equal(200 * model.Timestep, one.Time, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Reset_UsedSimulation_IsAsANewOneBitForBit(string file)
    {
        using var model = Models.Load(file);
        using MujocoData used = new(model), fresh = new(model);
        for (var step = 0; step < 150; step++)
        {
            Push(used, step);
            used.Step();
            used.ComputeExternalForces();
        }

        used.Reset();
        Assert.Equal(Bits(fresh), Bits(used));
        Assert.All(used.ExternalForces.ToArray(), force => Assert.Equal(0, force));
        for (var step = 0; step < 100; step++)
        {
            Push(used, 7 * step);
            Push(fresh, 7 * step);
            used.Step();
            fresh.Step();
        }
        used.ComputeExternalForces();
        fresh.ComputeExternalForces();

        Assert.Equal(Bits(fresh), Bits(used));
        Assert.Equal(fresh.ExternalForces.ToArray(), used.ExternalForces.ToArray());
        Assert.Equal(fresh.BodyInertias.ToArray(), used.BodyInertias.ToArray());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ComputeExternalForces_ChangesNoLaterStep(string file)
    {
        using var model = Models.Load(file);
        using MujocoData with = new(model), without = new(model);

        for (var step = 0; step < 200; step++)
        {
            Push(with, step);
            Push(without, step);
            with.Step();
            with.ComputeExternalForces();
            with.ComputePlaces();
            without.Step();
        }

        Assert.Equal(Bits(without), Bits(with));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void SaveLoad_InTheMiddle_GoesOnBitForBit(string file)
    {
        using var model = Models.Load(file);
        using MujocoData straight = new(model), resumed = new(model);
        for (var step = 0; step < 120; step++)
        {
            Push(straight, step);
            straight.Step();
        }
        for (var step = 0; step < 31; step++) resumed.Step();                           // leaves a warm start of its own behind

        var saved = new ArrayBufferWriter<byte>();
        straight.Save(saved);
        var reader = new SequenceReader<byte>(new(saved.WrittenMemory));
        resumed.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
        for (var step = 120; step < 220; step++)
        {
            Push(straight, step);
            Push(resumed, step);
            straight.Step();
            resumed.Step();
        }

        Assert.Equal(Bits(straight), Bits(resumed));
    }

    [Fact]
    public void Restore_WithoutWarmStart_IsNotBitExact()
    {
        // Why the warm start is part of the state: this test would fail if it were not needed.
        using var model = Models.Load("humanoid.xml");
        using MujocoData straight = new(model), restored = new(model);
        for (var step = 0; step < 120; step++)
        {
            Push(straight, step);
            straight.Step();
        }
        straight.Positions.CopyTo(restored.Positions);
        straight.Velocities.CopyTo(restored.Velocities);
        for (var step = 120; step < 130; step++)
        {
            Push(straight, step);
            Push(restored, step);
            straight.Step();
            restored.Step();
        }

        Assert.NotEqual(straight.Positions.ToArray(), restored.Positions.ToArray());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(2e10)]
    public void Step_StateThatMujocoSilentlyResets_ReturnsFalseUntilReset(double bad)
    {
        using var model = Models.Load("hopper.xml");
        using var data = new MujocoData(model);
        for (var step = 0; step < 10; step++) Assert.True(data.Step());

        data.Positions[0] = bad;

        Assert.False(data.Step(4));
        Assert.Equal(4 * model.Timestep, data.Time, 1e-9);                              // MuJoCo has begun again by itself
        Assert.False(data.Step());
        Assert.Contains("Nan, Inf or huge value in QPOS", ErrorGuard.TakeWarning(), StringComparison.Ordinal);
        data.Reset();
        Assert.True(data.Step());
    }

    [Fact]
    public void Step_ControlThatIsNotFinite_ReturnsFalse()
    {
        using var model = Models.Load("hopper.xml");
        using var data = new MujocoData(model);
        data.Controls[1] = double.NaN;

        Assert.False(data.Step());
    }

    [Fact]
    public void Step_ErrorOfMujoco_ThrowsAndPoisonsThisSimulationAlone()
    {
        using var model = Models.Load("humanoid.xml");
        using MujocoData broken = new(model), other = new(model);
        Break(broken);

        var failure = Assert.Throws<RunFailedException>(() => broken.Step());

        Assert.Contains("stack", failure.Message, StringComparison.OrdinalIgnoreCase);
        var use = Assert.Throws<ObjectDisposedException>(() => broken.Step());
        Assert.Contains("ended with an error of MuJoCo", use.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => broken.Positions.Length);
        Assert.True(other.Step(10));
        Assert.False(File.Exists("MUJOCO_LOG.TXT"));
    }

    [Fact]
    public void Step_ErrorsOnManyThreads_EachEndsItsOwnCall()
    {
        using var model = Models.Load("hopper.xml");
        var caught = 0;
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var data = new MujocoData(model);
            if (i % 2 == 0)
            {
                Break(data);
                Assert.Throws<RunFailedException>(() => data.Step());
                Interlocked.Increment(ref caught);
            }
            else Assert.True(data.Step(20));
            if (i % 16 == 0) GC.Collect();
        });
        Assert.Equal(32, caught);
    }

    [Fact]
    public void Error_KeepsTheCallersRegisters()
    {
        // The jump out of MuJoCo must give back what the calling convention promises; sums kept across the calls would show it.
        using var model = Models.Load("inverted_pendulum.xml");
        var (whole, real) = (0L, 0.0);
        for (var i = 1; i <= 50; i++)
        {
            using var data = new MujocoData(model);
            Break(data);
            var (_, error) = ErrorGuard.Call(MujocoLibrary.Load().StepData, model.Pointer, data.Pointer);
            whole += i;
            real += 1.0 / i;
            Assert.NotNull(error);
        }
        Assert.Equal(50 * 51 / 2, whole);
        Assert.Equal(Enumerable.Range(1, 50).Sum(i => 1.0 / i), real, 1e-12);
    }

    [Fact]
    public void Step_InSteadyState_AllocatesNothing()
    {
        using var model = Models.Load("hopper.xml");
        using var data = new MujocoData(model);

        Assert.Equal(0, Allocations.Fewest(() =>
        {
            data.Reset();
            data.Forward();
            data.Step(4);
            data.ComputeExternalForces();
        }));
    }

    [Fact]
    public void Load_StateOfAnotherModel_IsRefused()
    {
        using MujocoModel hopper = Models.Load("hopper.xml"), swimmer = Models.Load("swimmer.xml");
        using MujocoData one = new(hopper), two = new(swimmer);
        var saved = new ArrayBufferWriter<byte>();
        one.Save(saved);

        Assert.Throws<InvalidDataException>(() =>
        {
            var reader = new SequenceReader<byte>(new(saved.WrittenMemory));
            two.Load(ref reader);
        });
    }

    /// <summary>Tells MuJoCo that its stack has no room, so that the next step ends with its fatal error.</summary>
    private static void Break(MujocoData data) => *(int*)(data.Pointer + DataLayout.StackSize) = 1;

    private static void Push(MujocoData data, int step)
    {
        for (var i = 0; i < data.Controls.Length; i++) data.Controls[i] = 0.9 * Math.Sin(0.37 * step + 1.7 * i);
    }

    private static byte[] Bits(MujocoData data)
    {
        var saved = new ArrayBufferWriter<byte>();
        data.Save(saved);
        return saved.WrittenSpan.ToArray();
    }
}
