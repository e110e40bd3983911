#: begin
$K = Join-Path $env:TEMP ([guid]::NewGuid()); New-Item -ItemType Directory $K | Out-Null
#: compare
Get-ChildItem -Directory [1-9]*-* | ForEach-Object { (Get-FileHash "$_\vault.txt").Hash.ToLower().Substring(0, 32) -replace '(....)', '$1 '; "    $($_.Name)" }
#: key typed
Read-Host 'the key' | Set-Content -Encoding ascii "$K\my.key"
#: key file
Copy-Item (Read-Host 'the path of the key file') "$K\my.key"
#: passphrase
Get-ChildItem [1-9]*-*\holders\*\key-*.age | ForEach-Object { "$_"; age -d -o "$K\one.key" "$_"; Get-Content "$K\one.key" | Add-Content -Encoding ascii "$K\my.key" }
#: open
Get-ChildItem [1-9]*-*\holders\*\slot-*.age | ForEach-Object {
$E = $_.Directory.Parent.Parent; age -d -i "$K\my.key" -o "$K\try" "$_" 2> $null; if ($LASTEXITCODE -ne 0) { return }
$R = [Text.Encoding]::ASCII.GetBytes((age-keygen -y "$K\try"))
$R = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($R)).Replace('-', '').ToLower()
if (Select-String -Quiet "^recipient-sha256 $R" "$($E.FullName)\vault.txt") { Copy-Item "$K\try" "$K\$($E.Name)" } }
Get-ChildItem [1-9]*-*\old.age | ForEach-Object { age -d -i "$K\$($_.Directory.Name)" -o "$K\one.key" "$_"; Get-Content "$K\one.key" | Add-Content -Encoding ascii "$K\older" }
#: read
Get-ChildItem [1-9]*-*\seeds\*.age | ForEach-Object { "== $_"
$I = "$K\$($_.Directory.Parent.Name)"; if (-not (Test-Path $I)) { $I = "$K\older" }
age -d -i $I "$_" | Where-Object { $_ } }
#: end
Remove-Item -Recurse -Force $K
