using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Workloads;

public sealed class TraceFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private TraceReading Read(params string[] lines)
    {
        File.WriteAllLines(_path, lines);
        return TraceFile.Read(_path, "t");
    }

    private IReadOnlyList<string> Problems(params string[] lines) => Assert.Throws<UserMistakeException>(() => Read(lines)).Problems;

    [Theory]
    [InlineData("2024-05-01T13:00:00", "2024-05-01 13:05:00", 300, 156)]
    [InlineData("1714568400", "1714568460", 60, 780)]
    [InlineData("1714568400000", "1714568460000", 60, 780)]
    [InlineData("780", "781", 60, 780)]
    [InlineData("2024-05-01T15:00:00+02:00", "2024-05-01T13:01:00Z", 60, 780)]
    public void Read_TimeFormats_GiveStepAndClock(string first, string second, double step, int clock)
    {
        var workload = Read("timestamp,requests", $"{first},1", $"{second},2").Workload;
        Assert.Equal(step, workload.StepSeconds);
        Assert.Equal(clock, workload.Segments[0].ClockStep);
    }

    [Fact]
    public void Read_ShortGap_IsInterpolatedAndCounted()
    {
        var reading = Read("other,minute,requests", "x,0,10", "x,1,20", "x,4,50", "x,5,60");
        Assert.Equal([10, 20, 30, 40, 50, 60], reading.Workload.Loads);
        Assert.Equal(2, reading.FilledSteps);
    }

    [Fact]
    public void Read_LongGap_CutsTheWorkload()
    {
        var reading = Read("minute,requests", "0,1", "1,1", "500,1", "501,1");
        Assert.Equal([new(0, 2, 0), new(2, 2, 500)], reading.Workload.Segments);
        Assert.Equal(0, reading.FilledSteps);
    }

    [Fact]
    public void Read_ManyMistakes_AreReportedAllAtOnceWithLines()
    {
        var problems = Problems("timestamp,requests", "2024-05-01T13:00:00,5", "2024-05-01T12:00:00,5", "2024-05-01T13:01:00,-1", "2024-05-01T13:02:00,NaN", "yesterday,3", "2024-05-01T13:03:00");
        Assert.Equal(5, problems.Count);
        foreach (var line in Enumerable.Range(3, 5)) Assert.Contains(problems, problem => problem.Contains($"line {line}:", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_MissingColumns_NamesBoth()
    {
        var problems = Problems("a,b", "1,2");
        Assert.Equal(2, problems.Count);
        Assert.Contains("no time column", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyOrOneLineOrNoFile_IsAMistake()
    {
        Assert.Contains("is empty", Problems()[0], StringComparison.Ordinal);
        Assert.Contains("at least 2", Problems("timestamp,requests", "1,1")[0], StringComparison.Ordinal);
        Assert.Contains("There is no file", Assert.Throws<UserMistakeException>(() => TraceFile.Read("/nowhere/x.csv", "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_IrregularStep_IsAMistake() => Assert.Contains("Resample", Problems("minute,requests", "0,1", "2,1", "4,1", "5,1")[0], StringComparison.Ordinal);

    [Fact]
    public void Read_VeryManyMistakes_AreShortened() =>
        Assert.Contains("more problems", Problems(["minute,requests", .. Enumerable.Range(0, 50).Select(i => $"{i},x")])[^1], StringComparison.Ordinal);

    [Fact]
    public void Read_RealTraces_HaveTheKnownTotalsGapsAndSeam()
    {
        var folder = RealData.FolderOrSkip();
        var nasa = TraceFile.Read(Path.Combine(folder, StudyTrace.NasaFile), "nasa", StudyTrace.NasaSeam);
        Assert.Equal((3_461_596, 409, 84_332, 0), (nasa.Workload.Loads.Sum(), nasa.Workload.Loads.Max(), nasa.Workload.Loads.Length, nasa.FilledSteps));
        Assert.Equal(27 + 31, nasa.Workload.Days.Count);
        Assert.All(nasa.Workload.Days, day => Assert.False(day.Start < StudyTrace.NasaSeam && day.Start + 1440 > StudyTrace.NasaSeam));

        var cup = TraceFile.Read(Path.Combine(folder, StudyTrace.WorldCupFile), "wc98");
        Assert.Equal(10, cup.FilledSteps);
        Assert.Equal((87, 229_426), (cup.Workload.Days.Count, cup.Workload.Loads.Max()));
        var recorded = File.ReadLines(Path.Combine(folder, StudyTrace.WorldCupFile)).Skip(1).Sum(line => long.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(1_352_804_107, recorded);
    }

    [Fact]
    public void ReadAll_RealTraces_SplitByTimeAndScaleByTrainingDays()
    {
        var traces = StudyTrace.ReadAll(RealData.FolderOrSkip(), vmRequests: 100);
        Assert.Equal([("nasa", 40, 15), ("wc98", 55, 25), ("twitter", 14, 6)], traces.Select(trace => (trace.Name, trace.Days.Training.Count, trace.Days.Test.Count)));
        Assert.All(traces, trace =>
        {
            Assert.Equal(1200, trace.Workload.Percentile(trace.Days.Training, 0.99), 1e-6);
            Assert.True(trace.Days.Training.Max(day => day.Start) < trace.Days.Test.Min(day => day.Start));
        });
    }
}
