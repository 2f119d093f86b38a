using System.Net;
using System.Security.Cryptography;
using System.Text;
using Pilotage.Lab.Data;
using Xunit;

namespace Pilotage.Lab.Tests.Data;

public sealed class DataDownloadTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("period,count\nb,2\na,1\n");
    private static readonly byte[] Kept = Encoding.UTF8.GetBytes("time,count\na,1\nb,2\n");

    [Fact]
    public async Task Get_GoodSource_DerivesVerifiesAndKeeps()
    {
        using var folder = new Scratch();

        var written = await Get(folder, Set(Hash(Content)), Answer(Content));

        Assert.Equal(["rows.csv"], written.Select(file => file.Name));
        Assert.Equal(["rows.csv"], folder.Files);
        Assert.Equal(Kept, File.ReadAllBytes(Path.Combine(folder.Path, "rows.csv")));
    }

    [Fact]
    public async Task Get_CompleteFolder_AsksForNothing()
    {
        using var folder = new Scratch();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "rows.csv"), Kept, TestContext.Current.CancellationToken);

        Assert.Empty(await Get(folder, Set(Hash(Content)), _ => throw new InvalidOperationException("asked")));
    }

    [Fact]
    public async Task Get_OtherBytes_KeepsNothingAndSaysBothChecksums()
    {
        using var folder = new Scratch();

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => Get(folder, Set(Hash(Kept)), Answer(Content)));

        Assert.Contains(Hash(Content), failure.Message);
        Assert.Contains(Hash(Kept), failure.Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Get_UnreachableSource_SaysSoInOneMessage()
    {
        using var folder = new Scratch();

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => Get(folder, Set(Hash(Content)), _ => throw new HttpRequestException("Name or service not known")));

        Assert.StartsWith("https://example.org/rows.csv cannot be reached: Name or service not known", failure.Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Get_FolderThatIsAFile_IsAMistakeOfTheUser()
    {
        using var folder = new Scratch();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        await Assert.ThrowsAsync<UserMistakeException>(() => new DataDownload(client).GetAsync(Set(""), file, progress: null, CancellationToken.None));
    }

    [Fact]
    public void Catalog_EachFile_HasTwoChecksumsAndAPinnedSource() => Assert.All(DataCatalog.All.SelectMany(set => set.Files), file =>
    {
        Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
        Assert.Matches("^[0-9a-f]{64}$", file.SourceSha256);
        Assert.Matches("/[0-9a-f]{40}/", file.Source.ToString());
    });

    private static async Task<IReadOnlyList<DataFile>> Get(Scratch folder, DataSet set, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var handler = new Handler(answer);
        using var client = new HttpClient(handler);
        return await new DataDownload(client).GetAsync(set, folder.Path, progress: null, CancellationToken.None);
    }

    private static DataSet Set(string sourceHash) => new("rows", "rows", "none",
        [new("rows.csv", Kept.Length, Hash(Kept), new("https://example.org/rows.csv"), sourceHash, new SortedRows("time,count"))]);

    private static Func<HttpRequestMessage, HttpResponseMessage> Answer(byte[] content) => _ => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }

    private sealed class Scratch : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("pilotage-data-").FullName;

        public IEnumerable<string?> Files => Directory.EnumerateFiles(Path).Select(System.IO.Path.GetFileName);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
