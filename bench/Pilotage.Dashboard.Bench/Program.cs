using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Pilotage.Dashboard.Tests.Board;
using Pilotage.Lab.Runs;

// The dashboard over many runs: time to read their folders, to show the first page and to tell a change; memory and processor time when nothing happens; requests a second.
// dotnet run --project bench/Pilotage.Dashboard.Bench -- [runs, 10000 if left out]
var count = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 10_000;
var folder = Directory.CreateTempSubdirectory("pilotage-bench-").FullName;
try
{
    Fill(new SampleRuns(folder), count);
    Time("cold index", () => RunIndex.Read(folder));
    for (var i = 0; i < 3; i++) Time("warm index", () => RunIndex.Read(folder));
    await Dashboard(folder, count);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static void Fill(SampleRuns runs, int count)
{
    // Nine in ten have ended; the others were stopped.
    for (var i = 0; i < count; i++)
    {
        if (i % 10 == 9) runs.Training($"run-{i:D6}", 200, minutesAgo: i);
        else if (i % 10 == 8) runs.Study($"run-{i:D6}", i);
        else runs.Finished($"run-{i:D6}", 150 + i % 300, minutesAgo: i);
    }
}

static void Time(string what, Action work)
{
    var start = Stopwatch.GetTimestamp();
    work();
    Say(what, Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
}

static void Say(string what, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-44} {value,10:N1} {unit}"));

static async Task Dashboard(string folder, int count)
{
    var start = Stopwatch.GetTimestamp();
    using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pilotage.Cli.dll"), "dashboard", "--runs", folder, "--port", "0"]) { RedirectStandardOutput = true })!;
    try
    {
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The dashboard did not start.");
        var address = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
        Say("process start to listening", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        using var client = new HttpClient { BaseAddress = address };
        await client.GetStringAsync(new Uri("/", UriKind.Relative));
        Say("process start to first page", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");

        await Requests(client, "/");
        await Requests(client, "/api/runs");
        await Requests(client, "/api/runs?q=heuristic&page=20");
        await Requests(client, "/runs/run-000000");
        await Idle(process, "nobody looks");
        await Browser(address, folder, process);
    }
    finally
    {
        process.Kill();
        process.WaitForExit();
    }
}

static async Task Requests(HttpClient client, string path)
{
    var times = new List<double>();
    var start = Stopwatch.GetTimestamp();
    while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3))
    {
        var one = Stopwatch.GetTimestamp();
        await client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        times.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
    }
    times.Sort();
    Say($"{path} median", times[times.Count / 2], "ms");
    Say($"{path} one caller", times.Count / 3.0, "requests/s");
}

static async Task Idle(Process process, string what)
{
    await Task.Delay(TimeSpan.FromSeconds(2));
    process.Refresh();
    var before = process.TotalProcessorTime;
    await Task.Delay(TimeSpan.FromSeconds(20));
    process.Refresh();
    Say($"memory, {what}", process.WorkingSet64 / 1e6, "MB");
    Say($"processor, {what}", (process.TotalProcessorTime - before).TotalMilliseconds / 200, "% of a core");
}

static async Task Browser(Uri address, string folder, Process dashboard)
{
    if (!File.Exists("/usr/bin/chromium"))
    {
        Console.WriteLine("No Chromium: paint and update are not measured.");
        return;
    }
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
    foreach (var (name, path) in new[] { ("runs", "/"), ("a run with curves", "/runs/run-000000") })
    {
        var (cold, warm) = (new List<double>(), new List<double>());
        for (var i = 0; i < 7; i++)
        {
            await using var context = await browser.NewContextAsync(new() { BaseURL = address.ToString() });
            var page = await context.NewPageAsync();
            cold.Add(await Paint(page, path));
            warm.Add(await Paint(page, path));
        }
        Say($"first paint, {name}, new visitor, median of 7", cold.Order().ElementAt(3), "ms");
        Say($"first paint, {name}, again, median of 7", warm.Order().ElementAt(3), "ms");
    }

    await using var open = await browser.NewContextAsync(new() { BaseURL = address.ToString() });
    var list = await open.NewPageAsync();
    await list.GotoAsync("/");
    await Idle(dashboard, "one page open");
    var runs = new SampleRuns(folder);
    var latencies = new List<double>();
    for (var i = 0; i < 9; i++)
    {
        var start = Stopwatch.GetTimestamp();
        runs.Training($"new-{i}", 1, minutesAgo: -100_000_000 - i);
        await list.Locator($"tr[data-name=new-{i}]").WaitForAsync();
        latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        await Task.Delay(137);                           // so that the looks of a second are met at all places
    }
    Say("folder made to row shown, median of 9", latencies.Order().ElementAt(4), "ms");
    Say("folder made to row shown, slowest of 9", latencies.Max(), "ms");
}

static async Task<double> Paint(IPage page, string path)
{
    await page.GotoAsync(path);
    return await page.EvaluateAsync<double>("new Promise(done => { const found = () => performance.getEntriesByName('first-contentful-paint')[0]; const look = () => found() ? done(found().startTime) : requestAnimationFrame(look); look(); })");
}
