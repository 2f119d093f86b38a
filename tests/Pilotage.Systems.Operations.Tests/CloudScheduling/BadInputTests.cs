using Pilotage.Systems.Operations.CloudScheduling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling;

/// <summary>What users give wrongly, and what they are told, word for word.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly string[] Machines = ["name,cores,memory,speed", "a,4,16,1", "b,2,8,2"];
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private void Told(string name, params string[] paths) =>
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => UserCluster.Read(paths)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), name);

    [Fact]
    public void Machines_SpeedsPowerAndNumbers() => Told("machines", Write("m.csv", "name,cores,memory,speed,idle_watts,full_watts", "a,4,16,0,100,200", "b,many,8,1,100,200", "a,4,-1,-2,300,200", "c,1"), Write("j.csv", "job,arrival,work", "x,0,1"));

    [Fact]
    public void Machines_ImpossibleNumbers_AreToldAtOnce() => Told("machine_numbers", Write("m.csv", "name,cores,memory,speed,idle_watts,full_watts", "a,4,16,0,100,200", "a,4,-1,-2,300,200"), Write("j.csv", "job,arrival,work", "x,0,1"));

    [Fact]
    public void Machines_Header() => Told("machine_header", Write("m.csv", "machine,speed,ram", "a,1,2"), Write("j.csv", "job,arrival,work", "x,0,1"));

    [Fact]
    public void Jobs_TaskThatFitsNowhere_IsNamed() => Told("fits_nowhere", Write("m.csv", Machines), Write("j.csv", "job,arrival,work,cores,memory", "small,0,5,1,1", "large,0,5,8,1", "wide,0,5,1,64"));

    [Fact]
    public void Jobs_CycleUnknownParentAndZeroWork() => Told("stages", Write("m.csv", Machines), Write("j.csv",
        "job,stage,after,arrival,work", "x,a,c,0,5", "x,b,a,0,5", "x,c,b,0,5", "y,a,nothing,0,5", "z,a,,0,0", "z,b,a,0,-3", "w,a,,0,1", "w,a,,5,1"));

    [Fact]
    public void Jobs_FieldsThatAreNoNumbers() => Told("job_fields", Write("m.csv", Machines), Write("j.csv", "job,arrival,work,cores,deadline", "x,now,5,1,", "y,0,long,1,", "z,0", ",0,1,1,", "v,0,1,1,soon"));

    [Fact]
    public void Jobs_DeadlinesAndNames() => Told("job_times", Write("m.csv", Machines), Write("j.json", """{"jobs": [{"name": "x", "arrival": 9, "deadline": 4, "stages": [{"name": "s", "work": 1}]}, {"name": "x", "weight": -1, "stages": [{"name": "s", "work": 1}]}]}"""));

    [Fact]
    public void Jobs_None() => Told("no_jobs", Write("m.csv", Machines), Write("j.csv", "job,arrival,work"));

    [Fact]
    public void Json_Broken() => Told("json_broken", Write("m.csv", Machines), Write("j.json", "{\"jobs\": [", "  {\"name\": \"a\",, }", "]}"));

    [Fact]
    public void Json_WrongShapes_AreToldWithLineAndColumn() => Told("json_shapes", Write("m.csv", Machines), Write("j.json",
        "{\"jobs\": [", "  {\"name\": \"a\", \"colour\": 1, \"stages\": [{\"name\": \"s\", \"work\": \"much\"}]},", "  {\"name\": 7, \"stages\": [{\"work\": 1}]},", "  {\"name\": \"c\"},", "  5,",
        "  {\"name\": \"d\", \"stages\": [{\"name\": \"s\", \"work\": 1, \"after\": \"t\"}]}", "]}"));

    [Fact]
    public void Json_CycleAndUnknownParent() => Told("json_stages", Write("m.csv", Machines), Write("j.json",
        "{\"jobs\": [", "  {\"name\": \"a\", \"stages\": [{\"name\": \"s\", \"work\": 1, \"after\": [\"t\"]}, {\"name\": \"t\", \"work\": 1, \"after\": [\"s\"]}]},",
        "  {\"name\": \"b\", \"stages\": [{\"name\": \"s\", \"work\": 1, \"after\": [\"u\"]}]}", "]}"));

    [Fact]
    public void Json_WithoutJobs() => Told("json_without_jobs", Write("m.csv", Machines), Write("j.json", "[1, 2]"));

    [Fact]
    public void Log_FieldsAndNumbers() => Told("swf", Write("m.csv", Machines), Write("j.swf", "; a comment", "1 0 0 10 1 -1 -1 1 10 -1 1 1 1 1 1 -1 -1 -1", "2 0 0", "3 0 0 ten 1 -1 -1 1 10 -1 1 1 1 1 1 -1 -1 -1"));

    [Fact]
    public void Files_MissingOrOfOneKind()
    {
        Told("missing", Path.Combine(_folder, "none.csv"), Write("m.csv", Machines));
        Told("two_machines", Write("m.csv", Machines), Write("n.csv", Machines));
    }

    [Fact]
    public void Settings_AlgorithmsAndPower()
    {
        var settings = new CloudSchedulingConfig { Apply = new() { Algorithms = ["fifo", "fivo", "fifo"], CompletionWeight = 0, Rules = new() { BootSeconds = 10 } } };
        var request = new Systems.ApplyRequest(settings, [Write("m.csv", Machines), Write("j.csv", "job,arrival,work", "x,0,1")], 1, _folder);
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => SchedulingApplication.Run(request, null, CancellationToken.None)).Problems), "apply_settings");
    }

    [Fact]
    public void Trace_NumbersAndLengths()
    {
        var path = Write("trace.csv", "1,2,3,4,5,6,7,8,9,10,11,12,13,14", "1,2,101,x,5,6,7,8,9,10,11,12,13,14", "1,2");
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => CpuTrace.Read(path, 13)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), "trace");
        Assert.Contains("PIL1609", Assert.Throws<UserMistakeException>(() => CpuTrace.Read(Path.Combine(_folder, "none"), 13)).Message, StringComparison.Ordinal);
        Assert.Contains("PIL1608", Assert.Throws<UserMistakeException>(() => CpuTrace.Read(Write("empty.csv"), 13)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_MissingBrokenOrOfOtherSizes()
    {
        Assert.Contains("PIL1616", Assert.Throws<UserMistakeException>(() => DagShapes.Of(_folder, ["2g"])).Message, StringComparison.Ordinal);
        var path = Write(DagShapes.File, """{"2g/q1": {"stages": [{"tasks": 2, "mean_ms": 10}], "edges": []}, "2g/q2": {"stages": [{"tasks": 2}], "edges": []}, "2g/q3": {"stages": [{"tasks": 1, "mean_ms": 5}], "edges": [[0, 4]]}}""");
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => DagShapes.Read(path)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), "recording");
        Write(DagShapes.File, """{"2g/q1": {"stages": [{"tasks": 2, "mean_ms": 10}], "edges": []}}""");
        Assert.Contains("dags.sizes names '9g'; the recording has 2g.", Assert.Throws<UserMistakeException>(() => DagShapes.Of(_folder, ["9g"])).Message, StringComparison.Ordinal);
        Write(DagShapes.File, "no json");
        Assert.Contains("PIL1610", Assert.Throws<UserMistakeException>(() => DagShapes.Of(_folder, ["2g"])).Message, StringComparison.Ordinal);
    }
}
