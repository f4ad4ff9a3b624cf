#include "datasets/sentence_words.hpp"

#include <array>

namespace nn::words {

namespace {

constexpr Thing food[] = {{"an apple", "apple", "apples", "사과", "개"},
                          {"an orange", "orange", "oranges", "오렌지", "개"},
                          {"an egg", "egg", "eggs", "달걀", "개"},
                          {"a sandwich", "sandwich", "sandwiches", "샌드위치", "개"},
                          {"bread", "", "", "빵", ""},
                          {"kimchi", "", "", "김치", ""},
                          {"rice", "", "", "밥", ""}};
constexpr Thing dishes[] = {
    {"rice", "", "", "밥", ""}, {"noodles", "", "", "국수", ""}, {"bibimbap", "", "", "비빔밥", ""}};
constexpr Thing fruit[] = {{"an apple", "apple", "apples", "사과", "개"},
                           {"an orange", "orange", "oranges", "오렌지", "개"},
                           {"a melon", "melon", "melons", "멜론", "개"}};
constexpr Thing drinks[] = {{"coffee", "", "cups of coffee", "커피", "잔"},
                            {"green tea", "", "cups of green tea", "녹차", "잔"},
                            {"milk", "", "glasses of milk", "우유", "잔"},
                            {"water", "", "glasses of water", "물", "잔"}};
constexpr Thing reading[] = {{"a book", "book", "books", "책", "권"},
                             {"a novel", "novel", "novels", "소설", "권"},
                             {"a magazine", "magazine", "magazines", "잡지", "권"},
                             {"a newspaper", "newspaper", "", "신문", ""}};
constexpr Thing writing[] = {{"a letter", "letter", "letters", "편지", "통"},
                             {"a report", "report", "", "보고서", ""},
                             {"a poem", "poem", "poems", "시", "편"}};
constexpr Thing goods[] = {{"a book", "book", "books", "책", "권"},
                           {"a bag", "bag", "bags", "가방", "개"},
                           {"a hat", "hat", "hats", "모자", "개"},
                           {"a pencil", "pencil", "pencils", "연필", "자루"},
                           {"a flower", "flower", "flowers", "꽃", "송이"},
                           {"an umbrella", "umbrella", "umbrellas", "우산", "개"},
                           {"a bicycle", "bicycle", "bicycles", "자전거", "대"},
                           {"a ticket", "ticket", "tickets", "표", "장"}};
constexpr Thing shows[] = {{"a movie", "movie", "movies", "영화", "편"},
                           {"a play", "play", "plays", "연극", "편"},
                           {"the news", "", "", "뉴스", ""},
                           {"a soccer game", "", "", "축구 경기", ""}};
constexpr Thing met[] = {{"a friend", "", "friends", "친구", "명"},
                         {"a student", "student", "students", "학생", "명"},
                         {"a singer", "singer", "singers", "가수", "명"},
                         {"a reporter", "reporter", "reporters", "기자", "명"}};
constexpr Thing animals[] = {{"a dog", "dog", "dogs", "개", "마리"},
                             {"a cat", "cat", "cats", "고양이", "마리"},
                             {"a rabbit", "rabbit", "rabbits", "토끼", "마리"},
                             {"a bird", "bird", "birds", "새", "마리"}};
constexpr Thing made[] = {{"a cake", "cake", "cakes", "케이크", "개"},
                          {"a chair", "chair", "chairs", "의자", "개"},
                          {"a toy", "toy", "toys", "장난감", "개"},
                          {"gimbap", "", "", "김밥", ""}};
constexpr Thing subjects[] = {{"Korean", "", "", "한국어", ""},
                              {"mathematics", "", "", "수학", ""},
                              {"history", "", "", "역사", ""},
                              {"science", "", "", "과학", ""}};
constexpr Thing sounds[] = {{"music", "", "", "음악", ""}, {"the radio", "", "", "라디오", ""}};
constexpr Thing songs[] = {{"a song", "", "songs", "노래", "곡"}};
constexpr Thing rooms[] = {
    {"the room", "", "", "방", ""}, {"the kitchen", "", "", "부엌", ""}, {"the classroom", "", "", "교실", ""}};
constexpr Thing openings[] = {{"the door", "", "", "문", ""}, {"the window", "", "", "창문", ""}};
constexpr Thing pictures[] = {{"a picture", "picture", "pictures", "그림", "장"},
                              {"a flower", "flower", "flowers", "꽃", "송이"},
                              {"a cat", "cat", "cats", "고양이", "마리"}};
constexpr Thing mail[] = {{"a letter", "letter", "letters", "편지", "통"},
                          {"a present", "present", "presents", "선물", "개"},
                          {"a photo", "photo", "photos", "사진", "장"}};
constexpr Thing ball_games[] = {{"soccer", "", "", "축구", ""}, {"basketball", "", "", "농구", ""}};
constexpr Thing instruments[] = {{"the piano", "", "", "피아노", ""}, {"the guitar", "", "", "기타", ""}};
constexpr Thing liked[] = {{"coffee", "", "", "커피", ""}, {"apples", "", "", "사과", ""},
                           {"music", "", "", "음악", ""},  {"books", "", "", "책", ""},
                           {"cats", "", "", "고양이", ""}, {"science", "", "", "과학", ""},
                           {"movies", "", "", "영화", ""}, {"soccer", "", "", "축구", ""}};

constexpr Place home = {"at home", "home", "집"};
constexpr Place park = {"at the park", "to the park", "공원"};
constexpr Place school = {"at school", "to school", "학교"};
constexpr Place library = {"at the library", "to the library", "도서관"};
constexpr Place cafe = {"at the cafe", "to the cafe", "카페"};
constexpr Place restaurant = {"at the restaurant", "to the restaurant", "식당"};
constexpr Place market = {"at the market", "to the market", "시장"};
constexpr Place shop = {"at the shop", "to the shop", "가게"};
constexpr Place station = {"at the station", "to the station", "역"};
constexpr Place hospital = {"at the hospital", "to the hospital", "병원"};
constexpr Place museum = {"at the museum", "to the museum", "박물관"};
constexpr Place seoul = {"in Seoul", "to Seoul", "서울"};
constexpr Place busan = {"in Busan", "to Busan", "부산"};
constexpr Place jeju = {"on Jeju Island", "to Jeju Island", "제주도"};
constexpr Place cities[] = {seoul, busan, jeju};
constexpr Place left_for[] = {{"", "for Seoul", "서울"},
                              {"", "for Busan", "부산"},
                              {"", "for Jeju Island", "제주도"},
                              {"", "for Gwangju", "광주"}};
constexpr Place near[] = {home, park, school, library, cafe, restaurant, market, shop, station, hospital, museum};
constexpr Place eating[] = {home, park, school, restaurant};
constexpr Place drinking[] = {home, cafe, restaurant, school};
constexpr Place quiet[] = {home, library, cafe, school, park};
constexpr Place selling[] = {market, shop, seoul, busan};
constexpr Place meeting[] = {park, school, library, cafe, restaurant, station, museum, seoul};
constexpr Place inside[] = {home, school};
constexpr Place homes[] = {home};
constexpr Place outside[] = {park, school};
constexpr Place working[] = {hospital, restaurant, library, school, museum, seoul, busan};

constexpr Phrase vehicles[] = {
    {"by bus", "버스로"}, {"by subway", "지하철로"}, {"by taxi", "택시로"}, {"by train", "기차로"}};
constexpr Phrase flights[] = {{"by plane", "비행기로"}};
constexpr Phrase pens[] = {{"with a pencil", "연필로"}, {"with a pen", "펜으로"}};
constexpr Phrase brushes[] = {{"with a pencil", "연필로"}, {"with a brush", "붓으로"}};
constexpr Phrase cutlery[] = {
    {"with chopsticks", "젓가락으로"}, {"with a spoon", "숟가락으로"}, {"with a fork", "포크로"}};

constexpr Person people_table[] = {{"I", "I", "저", "나", Person::speaker},
                                   {"I", "I", "저", "나", Person::speaker},
                                   {"I", "I", "저", "나", Person::speaker},
                                   {"we", "we", "우리", "우리", Person::group},
                                   {"we", "we", "우리", "우리", Person::group},
                                   {"Minsu", "he", "민수 씨", "민수"},
                                   {"Jiyeon", "she", "지연 씨", "지연이"},
                                   {"Junho", "he", "준호 씨", "준호"},
                                   {"my friend", "she", "제 친구", "내 친구"},
                                   {"my younger brother", "he", "제 남동생", "내 남동생"},
                                   {"my younger sister", "she", "제 여동생", "내 여동생"},
                                   {"the student", "she", "학생", "학생"},
                                   {"the doctor", "he", "의사", "의사"},
                                   {"my mother", "she", "어머니", "어머니", Person::elder},
                                   {"my father", "he", "아버지", "아버지", Person::elder},
                                   {"my grandmother", "she", "할머니", "할머니", Person::elder}};

const Verb verb_table[] = {
    {.forms = {"eat", "eats", "ate", "eating"},
     .stem = {"먹"},
     .respectful = "드시",
     .things = food,
     .places = eating,
     .together = true},
    {.forms = {"eat", "eats", "ate", "eating"},
     .stem = {"먹"},
     .respectful = "드시",
     .things = dishes,
     .places = eating,
     .means = cutlery},
    {.forms = {"drink", "drinks", "drank", "drinking"},
     .stem = {"마시"},
     .respectful = "드시",
     .things = drinks,
     .places = drinking,
     .together = true},
    {.forms = {"read", "reads", "read", "reading"}, .stem = {"읽"}, .things = reading, .places = quiet},
    {.forms = {"write", "writes", "wrote", "writing"},
     .stem = {"쓰"},
     .things = writing,
     .places = quiet,
     .means = pens},
    {.forms = {"buy", "buys", "bought", "buying"},
     .stem = {"사"},
     .things = goods,
     .places = selling,
     .together = true},
    {.forms = {"sell", "sells", "sold", "selling"}, .stem = {"팔"}, .things = fruit, .places = selling},
    {.forms = {"watch", "watches", "watched", "watching"}, .stem = {"보"}, .things = shows, .together = true},
    {.forms = {"meet", "meets", "met", "meeting"}, .stem = {"만나"}, .things = met, .places = meeting},
    {.forms = {"wait for", "waits for", "waited for", "waiting for"},
     .stem = {"기다리"},
     .things = met,
     .places = meeting},
    {.forms = {"raise", "raises", "raised", "raising"},
     .stem = {"키우"},
     .things = animals,
     .places = homes,
     .lasting = true},
    {.forms = {"make", "makes", "made", "making"},
     .stem = {"만들"},
     .things = made,
     .places = inside,
     .together = true},
    {.forms = {"study", "studies", "studied", "studying"},
     .stem = {"공부하"},
     .things = subjects,
     .places = quiet,
     .together = true},
    {.forms = {"teach", "teaches", "taught", "teaching"}, .stem = {"가르치"}, .things = subjects, .places = inside},
    {.forms = {"listen to", "listens to", "listened to", "listening to"},
     .stem = {"듣", Change::d_to_l},
     .things = sounds,
     .places = quiet,
     .together = true},
    {.forms = {"sing", "sings", "sang", "singing"},
     .stem = {"부르", Change::reu},
     .things = songs,
     .places = outside,
     .together = true},
    {.forms = {"clean", "cleans", "cleaned", "cleaning"}, .stem = {"청소하"}, .things = rooms, .together = true},
    {.forms = {"open", "opens", "opened", "opening"}, .stem = {"열"}, .things = openings},
    {.forms = {"close", "closes", "closed", "closing"}, .stem = {"닫"}, .things = openings},
    {.forms = {"draw", "draws", "drew", "drawing"},
     .stem = {"그리"},
     .things = pictures,
     .places = quiet,
     .means = brushes},
    {.forms = {"send", "sends", "sent", "sending"}, .stem = {"보내"}, .things = mail},
    {.forms = {"play", "plays", "played", "playing"},
     .stem = {"하"},
     .things = ball_games,
     .places = outside,
     .together = true},
    {.forms = {"play", "plays", "played", "playing"}, .stem = {"치"}, .things = instruments, .places = inside},
    {.forms = {"rest", "rests", "rested", "resting"}, .stem = {"쉬"}, .places = quiet, .together = true},
    {.forms = {"walk", "walks", "walked", "walking"},
     .stem = {"걷", Change::d_to_l},
     .places = outside,
     .together = true},
    {.forms = {"work", "works", "worked", "working"}, .stem = {"일하"}, .places = working, .together = true},
    {.forms = {"sleep", "sleeps", "slept", "sleeping"}, .stem = {"자"}, .respectful = "주무시", .places = homes},
    {.forms = {"go", "goes", "went", "going"},
     .stem = {"가"},
     .destinations = near,
     .to = "에",
     .means = vehicles,
     .together = true},
    {.forms = {"go", "goes", "went", "going"},
     .stem = {"가"},
     .destinations = cities,
     .to = "에",
     .means = flights,
     .together = true},
    {.forms = {"come", "comes", "came", "coming"},
     .stem = {"오"},
     .destinations = near,
     .to = "에",
     .means = vehicles,
     .together = true},
    {.forms = {"leave", "leaves", "left", "leaving"},
     .stem = {"떠나"},
     .destinations = left_for,
     .means = flights,
     .together = true},
    {.forms = {"like", "likes", "liked", "liking"}, .stem = {"좋아하"}, .things = liked, .lasting = true},
    {.forms = {"live", "lives", "lived", "living"},
     .stem = {"살"},
     .places = cities,
     .together = true,
     .lasting = true},
};

const Quality quality_table[] = {{"tired", {"피곤하"}},         {"busy", {"바쁘"}},        {"happy", {"행복하"}},
                                 {"hungry", {"배고프"}, false}, {"sick", {"아프"}, false}, {"sad", {"슬프"}, false}};

constexpr Phrase occupation_table[] = {{"a student", "학생"}, {"a doctor", "의사"},  {"a singer", "가수"},
                                       {"a nurse", "간호사"}, {"a soldier", "군인"}, {"a police officer", "경찰관"},
                                       {"a writer", "작가"},  {"a farmer", "농부"}};

const Weather weather_table[] = {
    {"it", {"rain", "rains", "rained", "raining"}, "", "비가", {"오"}},
    {"it", {"snow", "snows", "snowed", "snowing"}, "", "눈이", {"오"}},
    {"the weather", {}, "good", "날씨가", {"좋"}},
    {"the weather", {}, "cold", "날씨가", {"춥", Change::b_to_u}},
    {"the weather", {}, "hot", "날씨가", {"덥", Change::b_to_u}},
};

constexpr Place yard[] = {park, school, market};
constexpr Place halls[] = {school, library, cafe, station, museum};
constexpr Thing seats[] = {{"a chair", "chair", "chairs", "의자", "개"},
                           {"a computer", "computer", "computers", "컴퓨터", "대"},
                           {"a picture", "picture", "pictures", "그림", "장"}};
const Presence presence_table[] = {{animals, yard}, {met, halls}, {seats, halls}};

constexpr Day past_table[] = {{"yesterday", "어제", true},
                              {"last week", "지난주에"},
                              {"this morning", "오늘 아침에"},
                              {"last Sunday", "지난 일요일에"},
                              {"last month", "지난달에"}};
constexpr Day usual_table[] = {{"every day", "매일", true},
                               {"every morning", "매일 아침"},
                               {"every week", "매주"},
                               {"on weekends", "주말마다"},
                               {"these days", "요즘"}};
constexpr Day future_table[] = {{"tomorrow", "내일", true},
                                {"next week", "다음 주에"},
                                {"this evening", "오늘 저녁에"},
                                {"next Saturday", "다음 토요일에"},
                                {"next month", "다음 달에"}};
constexpr Phrase audience_table[] = {{"sir", "선생님"}, {"ladies and gentlemen", "여러분"}};
constexpr Phrase friend_table[] = {{"Minjun", "민준"}, {"Seoyeon", "서연"}, {"Jiho", "지호"}, {"Yuna", "유나"}};
constexpr Phrase number_table[] = {{"one", "한"},    {"two", "두"},   {"three", "세"},    {"four", "네"},
                                   {"five", "다섯"}, {"six", "여섯"}, {"seven", "일곱"},  {"eight", "여덟"},
                                   {"nine", "아홉"}, {"ten", "열"},   {"eleven", "열한"}, {"twelve", "열두"}};

}  // namespace

const std::span<const Person> people = people_table;
const std::span<const Verb> verbs = verb_table;
const std::span<const Quality> qualities = quality_table;
const std::span<const Phrase> occupations = occupation_table;
const std::span<const Weather> weathers = weather_table;
const std::span<const Presence> presences = presence_table;
const std::span<const Day> past_days = past_table;
const std::span<const Day> usual_days = usual_table;
const std::span<const Day> future_days = future_table;
const std::span<const Phrase> audiences = audience_table;
const std::span<const Phrase> friends = friend_table;
const std::span<const Phrase> numbers = number_table;

}  // namespace nn::words
