// Those of the well-known lists of leaked passwords that are long enough to pass the length rule, and the words that
// people make long by putting digits and signs behind them.
const LIST = `
password passwort motdepasse contraseña contrasena parola haslo senha
passw0rd p@ssword p@ssw0rd passwordpassword password1password passwort123456 changeme changemenow
changemeplease letmein letmeinplease letmeinnow welcome welcomehome welcomeback iloveyou iloveyouforever
administrator admin adminadmin adminadminadmin administration rootrootroot superuser supervisor
qwerty qwertyuiop qwertyqwerty qwerty123456 qwertyuiopasdf asdfghjkl asdfghjklasdf zxcvbnmzxcvbnm 1q2w3e4r5t6y
1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv q1w2e3r4t5y6 zaq12wsxcde3 1234qwerasdf 123qweasdzxc
abc123abc123 abcd1234abcd a1b2c3d4e5f6 aa123456aa123456 123456789abc 123456789qwe qwe123456789 123456abcdef
trustno1trustno1 sunshine sunshine1sunshine princess football baseball basketball monkeymonkey dragondragon
starwars starwarsstarwars superman supermansuperman spiderman batmanbatman pokemonpokemon liverpool liverpoolfc
manchester manchesterunited barcelona fcbarcelona juventus chelseachelsea arsenalarsenal
correcthorsebatterystaple thisismypassword mypassword mypasswordis nevergiveup opensesame ihatepasswords
ihatepassword secretsecret topsecret supersecret supersecretpassword donttouchthis letmeinletmein
parking parkingparking parkinglot carpark plaza plazaplaza plazaadmin
summer winter spring autumn summertime jesuschrist jesuslovesme michaeljordan michaeljackson
testtesttest test1234test testpassword demopassword temporarypassword temppassword defaultpassword default
unknownunknown internet computer computercomputer masterpassword mastermaster loveloveloveyou
`;

/** Lower-case passwords, and stems of passwords, that guessers try first. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(LIST.split(/\s+/).filter(Boolean));
