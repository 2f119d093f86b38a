using Pilotage.Cli.Measuring;
using Pilotage.Systems;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Cli.Tests.Measuring;

public sealed class SpeedMeterTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void Measure_WorkOfAKnownPace_IsUnitsOverSeconds()
    {
        var row = Meter(2).Measure("group", Case("work", units: 50, seconds: 0.004), Device.Managed, null, static _ => { });

        Assert.Equal(("group", "work", "units/s"), (row.Group, row.Case, row.Unit));
        Assert.Equal(12_500, row.Value, 6);
        Assert.Equal((12_500.0, 12_500.0), (Math.Round(row.Bounds.Low, 6), Math.Round(row.Bounds.High, 6)));
        Assert.Null(row.Against);
    }

    [Fact]
    public void Measure_OneSide_TakesTheSecondsThatWereGiven()
    {
        Meter(2).Measure("group", Case("work", units: 1, seconds: 0.004), Device.Managed, null, static _ => { });

        // A rest of 0.1 passes on the wall's clock, not on this one; a repetition of 0.02 may begin just before the end.
        Assert.InRange(_clock.Seconds, 1.899, 1.93);
    }

    [Fact]
    public void Measure_WorkThatTakesLonger_HasAsManyRepetitionsAsAnIntervalNeeds()
    {
        var row = Meter(0.01).Measure("group", Case("work", units: 1, seconds: 3), Device.Managed, null, static _ => { });

        Assert.Equal(SpeedMeter.LeastRepetitions, row.Repetitions);
        Assert.True(double.IsFinite(row.Bounds.Low) && double.IsFinite(row.Bounds.High));
    }

    [Fact]
    public void Measure_TwoSides_RatioIsAboveOneWhereTheFirstIsFaster()
    {
        // Both sides slow down by the same factor as time goes on, as on a machine that gets busier: the ratio stays.
        var drift = () => 1 + _clock.Seconds;
        var what = new SpeedCase("work", "units/s", device => Work(1, () => drift() * (device == Device.Managed ? 0.001 : 0.004))) { RunsOnTorch = true };

        var row = Meter(2).Measure("group", what, Device.Managed, (Device.Processor(2), "the other"), static _ => { });

        Assert.Equal("the other", row.Against!.Name);
        Assert.InRange(row.Against.Value, 3.9, 4.1);
        Assert.InRange(row.Against.Bounds.High - row.Against.Bounds.Low, 0, 0.1);
        Assert.True(row.Bounds.High / row.Bounds.Low > 1.05, "the rate itself drifts");
    }

    [Fact]
    public void Measure_TwoSides_GoByTurns()
    {
        var log = "";
        var what = new SpeedCase("work", "units/s", device => Work(1, () =>
        {
            log += device == Device.Managed ? 'A' : 'B';
            return 1;
        }))
        { RunsOnTorch = true };

        Meter(0.5).Measure("group", what, Device.Managed, (Device.Processor(2), "the other"), static _ => { });

        Assert.Equal("AABB" + string.Concat(Enumerable.Repeat("AB", SpeedMeter.LeastRepetitions)), log);
    }

    [Fact]
    public void Measure_TwoSidesOfUnequalPace_RepeatForAsLongAsTheSlowerOnesCall()
    {
        var log = "";
        var what = new SpeedCase("work", "units/s", device => Work(1, () =>
        {
            log += device == Device.Managed ? 'A' : 'B';
            return device == Device.Managed ? 0.125 : 1;
        }))
        { RunsOnTorch = true };

        var row = Meter(0.5).Measure("group", what, Device.Managed, (Device.Processor(2), "the other"), static _ => { });

        Assert.Equal("AABB" + string.Concat(Enumerable.Repeat("AAAAAAAAB", SpeedMeter.LeastRepetitions)), log);
        Assert.Equal(8, row.Against!.Value, 6);
    }

    [Fact]
    public void Measure_WorkWithoutACounterpart_IsNotBegunThere()
    {
        var row = Meter(0.1).Measure("group", Case("work", 1, 1), Device.Managed, (Device.Processor(2), "the other"), static _ => { });

        Assert.Null(row.Against);
    }

    [Fact]
    public void Measure_ShareThatIsTold_RisesToOne()
    {
        var told = new List<double>();

        Meter(2).Measure("group", Case("work", 1, 0.01), Device.Managed, null, told.Add);

        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
        Assert.True(told[0] < 0.2);
    }

    [Fact]
    public void Measure_Interrupted_StopsAtTheNextCall()
    {
        using var interruption = new CancellationTokenSource();
        var calls = 0;
        var what = new SpeedCase("work", "units/s", _ => Work(1, () =>
        {
            if (++calls == 5) interruption.Cancel();
            return 0.01;
        }));

        Assert.Throws<OperationCanceledException>(() => new SpeedMeter(2, _clock, interruption.Token).Measure("group", what, Device.Managed, null, static _ => { }));
        Assert.Equal(5, calls);
    }

    private SpeedMeter Meter(double seconds) => new(seconds, _clock, CancellationToken.None);

    private SpeedCase Case(string name, double units, double seconds) => new(name, "units/s", _ => Work(units, () => seconds));

    private Func<double> Work(double units, Func<double> seconds) => () =>
    {
        _clock.Pass(seconds());
        return units;
    };

    /// <summary>Time passes when the work says so.</summary>
    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public double Seconds => (double)_ticks / TimestampFrequency;

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => _ticks;

        public void Pass(double seconds) => _ticks += (long)Math.Round(seconds * TimestampFrequency);
    }
}
