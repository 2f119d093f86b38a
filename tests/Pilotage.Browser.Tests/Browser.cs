using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Pilotage.Dashboard.Board;
using Pilotage.Dashboard.Tests.Board;
using Pilotage.Environments;
using Pilotage.Lab.Runs;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Browser.Tests;

/// <summary>One Chromium for all tests; those are skipped where it is absent.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? Program = new[] { Environment.GetEnvironmentVariable("CHROMIUM") ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Program is null) return;
        Assertions.SetDefaultExpectTimeout(60_000);              // for machines that are busy; what is there is found at once
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page, and a watch over what it complains of.</summary>
    internal async Task<Visit> Open(Uri address, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, ReducedMotion motion = ReducedMotion.Reduce)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium on this machine: install Debian's package chromium, or name the program in CHROMIUM.");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = motion, BaseURL = address.ToString() });
        context.SetDefaultTimeout(60_000);
        return await Visit.Begin(context);
    }
}

/// <summary>A visitor's tab.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors of scripts, refusals of the content policy, and whatever was asked of another place.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visit> Begin(IBrowserContext context)
    {
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Page.Console += (_, message) => { if (message.Type is "error" or "warning") visit._complaints.Add(message.Text); };
        visit.Page.PageError += (_, error) => visit._complaints.Add(error);
        visit.Page.Request += (_, request) => { if (!request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) visit._complaints.Add($"asked for {request.Url}"); };
        return visit;
    }

    /// <summary>What a check of accessibility finds, a line each.</summary>
    public async Task<IReadOnlyList<string>> Barriers()
    {
        var found = await Page.RunAxe();
        return [.. found.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help} {node.Html}"))];
    }

    /// <summary>A picture, for whoever wants to look: in the folder that PILOTAGE_SCREENSHOTS names.</summary>
    public async Task Keep(string name)
    {
        if (Environment.GetEnvironmentVariable("PILOTAGE_SCREENSHOTS") is { Length: > 0 } folder) await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}

/// <summary>A dashboard over a folder of its own, with the real tool behind it.</summary>
internal sealed class Board : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Board() => Runs = new(_folder.Path);

    public SampleRuns Runs { get; }

    public DashboardHost Host { get; private set; } = null!;

    public Uri Address => Host.Address;

    public static async Task<Board> Start(Action<SampleRuns>? fill = null, Func<DashboardOptions, DashboardOptions>? change = null)
    {
        var board = new Board();
        fill?.Invoke(board.Runs);
        var options = new DashboardOptions
        {
            RunsFolder = board._folder.Path,
            Port = 0,
            Tool = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Pilotage.Cli.dll")],
            LookEvery = TimeSpan.FromMilliseconds(200),
        };
        board.Host = await DashboardHost.StartAsync(change?.Invoke(options) ?? options, [new CloudAutoscalingSystem()], EnvironmentCatalog.All);
        return board;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (var run in Directory.GetDirectories(_folder.Path)) End(run);
        _folder.Dispose();
    }

    // Runs outlive their dashboard, and should not outlive a test that failed.
    private static void End(string run)
    {
        if (RunLife.ProcessOf(run) is not { } id || id == Environment.ProcessId) return;
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
