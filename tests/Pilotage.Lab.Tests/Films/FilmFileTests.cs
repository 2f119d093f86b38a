using System.Buffers.Binary;
using System.IO.Compression;
using Pilotage.Environments;
using Pilotage.Lab.Films;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Films;

public sealed class FilmFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Environments => [.. EnvironmentCatalog.All.Select(entry => entry.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Environments))]
    public void Write_EachEnvironment_FilmsWhatMoves(string name)
    {
        var environment = EnvironmentCatalog.Find(name);
        var (film, strip) = FilmFile.Write(_folder.In("film.gif"), environment.CreateHeuristic(), environment, seed: 1);

        var (width, height, pictures) = GifReader.Read(File.ReadAllBytes(film));
        Assert.Equal((300, 200), (width, height));
        Assert.InRange(pictures.Count, 15, 250);
        Assert.Contains(pictures, picture => !picture.SequenceEqual(pictures[0]));
        Assert.True(pictures[0].Distinct().Count() >= 4);                // paper, ground and something on it, with their mixtures
        Assert.Equal(new byte[] { 0xae, 0x42, 0x60, 0x82 }, File.ReadAllBytes(strip)[^4..]);       // the checksum of every PNG's last chunk
    }

    [Fact]
    public void Write_TheSameSeed_GivesTheSameBytes()
    {
        var environment = EnvironmentCatalog.Find("Pendulum-v1");
        byte[] Film(string name, long seed) => File.ReadAllBytes(FilmFile.Write(_folder.In(name), environment.CreateHeuristic(), environment, seed).Film);

        Assert.Equal(Film("a.gif", 1), Film("b.gif", 1));
        Assert.NotEqual(Film("a.gif", 1), Film("c.gif", 2));
    }

    // Noise of many colours: codes grow to twelve bits and the table begins again several times.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(200, 150, 2)]
    [InlineData(200, 150, 200)]
    public void WriteGif_AnyPicture_IsReadBack(int width, int height, int colours)
    {
        var random = SeedTree.Root(5).Start();
        var picture = new byte[3 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            var colour = random.NextInt(colours);
            (picture[3 * i], picture[3 * i + 1], picture[3 * i + 2]) = ((byte)colour, (byte)(255 - colour), (byte)(colour * 3));
        }
        using var stream = new MemoryStream();

        GifWriter.Write(stream, [picture, picture], width, height, 4);

        var read = GifReader.Read(stream.ToArray());
        Assert.Equal((width, height, 2), (read.Width, read.Height, read.Pictures.Count));
        int[] expected = [.. Enumerable.Range(0, width * height).Select(i => picture[3 * i] << 16 | picture[3 * i + 1] << 8 | picture[3 * i + 2])];
        Assert.All(read.Pictures, actual => Assert.Equal(expected, actual));
    }

    [Fact]
    public void WritePng_APicture_IsReadBack()
    {
        byte[] picture = [.. Enumerable.Range(0, 3 * 5 * 4).Select(i => (byte)(i * 11))];
        using var stream = new MemoryStream();

        PngWriter.Write(stream, picture, 5, 4);

        var bytes = stream.ToArray();
        Assert.Equal((5, 4), (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))));
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(33));
        Assert.Equal("IDAT"u8, bytes.AsSpan(37, 4));
        using var zlib = new ZLibStream(new MemoryStream(bytes, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        Assert.Equal(picture.Chunk(15).SelectMany(row => row.Prepend((byte)0)), rows.ToArray());
    }

    [Fact]
    public void Check_WhatCannotBeFilmed_IsRefused()
    {
        var drawn = EnvironmentCatalog.Find("CartPole-v1");
        Assert.Contains("PIL0620", Assert.Throws<UserMistakeException>(() => FilmFile.Check(_folder.In("film.mp4"), drawn)).Message, StringComparison.Ordinal);
        Assert.Contains("PIL0621", Assert.Throws<UserMistakeException>(() => FilmFile.Check(_folder.In("nowhere/film.gif"), drawn)).Message, StringComparison.Ordinal);
        var hidden = drawn with { Create = (rows, seeds) => new NormalizedEnvironment(drawn.Create(rows, seeds), null, null) };
        Assert.Contains("PIL0622", Assert.Throws<UserMistakeException>(() => FilmFile.Check(_folder.In("film.gif"), hidden)).Message, StringComparison.Ordinal);
    }
}
