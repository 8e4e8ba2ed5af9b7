//! Who lives in the demo forum.

use std::collections::HashSet;

use forum::{actor::Role, site::Language};

use super::chance::Chance;

/// People in all, the staff among them.
pub(super) const PEOPLE: usize = 1_200;

/// The customer of the sign-ins.
pub(super) const SANNE: &str = "Sanne K.";

/// Somebody who answers for the company.
pub(super) struct Staff {
    /// The first word of `who` in the texts.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) role: Role,
    /// The boards whose posts come to them unless somebody else answers.
    pub(super) boards: &'static [&'static str],
}

const fn staff(name: &'static str, title: &'static str, role: Role, boards: &'static [&'static str]) -> Staff {
    Staff { name, title, role, boards }
}

/// The staff; the desk, where posts are given to their owners, first.
pub(super) const STAFF: [Staff; 13] = [
    staff("Noor", "Service desk", Role::Agent, &[]),
    staff("Femke", "Product owner, Moving", Role::Lead, &[]),
    staff("Aïcha", "Head of Billing", Role::Lead, &["billing"]),
    staff("Joris", "Network", Role::Agent, &["broadband"]),
    staff("Priya", "Product owner, App", Role::Lead, &["app"]),
    staff("Daan", "Stores", Role::Agent, &["stores"]),
    staff("Marit", "Mobile plans", Role::Agent, &["mobile"]),
    staff("Sven", "TV", Role::Agent, &["tv"]),
    staff("Tomasz", "Devices", Role::Agent, &["phones"]),
    staff("Ilse", "Accessories", Role::Agent, &["accessories"]),
    staff("Ruben", "Field service", Role::Agent, &[]),
    staff("Hanna", "Director, Customers", Role::Director, &[]),
    staff("Lotte", "Keeps this forum running", Role::Admin, &[]),
];

/// Teams: slug, name and members.
pub(super) const TEAMS: [(&str, &str, &[&str]); 2] =
    [("network", "Network and field", &["Joris", "Ruben"]), ("devices", "Devices", &["Tomasz", "Ilse"])];

/// Who answers for a board on a level.
pub(super) enum Desk {
    /// Somebody of the staff, by name.
    Person(&'static str),
    /// A team, by slug.
    Team(&'static str),
}

/// Who gets the posts of a board.
pub(super) const DESKS: [(&str, Desk); 8] = [
    ("broadband", Desk::Team("network")),
    ("mobile", Desk::Person("Marit")),
    ("tv", Desk::Person("Sven")),
    ("phones", Desk::Team("devices")),
    ("stores", Desk::Person("Daan")),
    ("billing", Desk::Person("Aïcha")),
    ("accessories", Desk::Team("devices")),
    ("app", Desk::Person("Priya")),
];

/// Who answers for a board on the second level; on the third it is the director.
pub(super) const LEADS: [(&str, &str); 8] = [
    ("broadband", "Femke"),
    ("mobile", "Femke"),
    ("tv", "Priya"),
    ("phones", "Priya"),
    ("stores", "Femke"),
    ("billing", "Aïcha"),
    ("accessories", "Priya"),
    ("app", "Priya"),
];

/// Since how many working days the posts of a board go to its desk as soon as they come in.
pub(super) const DESKS_SINCE: i64 = 8;

/// Who is away, from which working day to which: 0 is the latest.
pub(super) const AWAY: (&str, i64, u32) = ("Sven", -1, 4);

/// A customer.
pub(super) struct Customer {
    pub(super) name: String,
    pub(super) language: Language,
}

/// How many of ten customers read Dutch.
const DUTCH_OF_TEN: usize = 6;

const DUTCH_FIRST: &[&str] = &[
    "Anne", "Anouk", "Arjan", "Bas", "Bente", "Berend", "Bianca", "Bram", "Carla", "Carlijn", "Chantal", "Coen", "Corrie",
    "Dennis", "Dirk", "Dorien", "Eefje", "Elly", "Els", "Erik", "Esther", "Evert", "Fenna", "Fleur", "Floor", "Freek", "Gerda",
    "Gert", "Gijs", "Greetje", "Guus", "Hans", "Harm", "Hedwig", "Henk", "Hidde", "Inge", "Irma", "Jaap", "Jelle", "Jeroen", "Jet",
    "Joke", "Jolanda", "Joost", "Jurre", "Karin", "Kees", "Kim", "Klaas", "Koen", "Lars", "Leonie", "Lianne", "Lies", "Liesbeth",
    "Loes", "Luuk", "Maaike", "Maarten", "Machteld", "Marieke", "Marja", "Marloes", "Martijn", "Mees", "Mieke", "Mirjam", "Nienke",
    "Niels", "Nynke", "Olaf", "Paul", "Petra", "Piet", "Pim", "Ria", "Rianne", "Rik", "Roel", "Roos", "Sander", "Saskia", "Siebe",
    "Sietske", "Simone", "Sjoerd", "Stijn", "Teun", "Thea", "Thijs", "Tineke", "Tjeerd", "Truus", "Veerle", "Vera", "Wessel",
    "Wilma", "Wim", "Wouter", "Yvonne",
];

const DUTCH_LAST: &[&str] = &[
    "Aalbers",
    "Akkerman",
    "Baars",
    "Bakhuis",
    "Beekman",
    "Blok",
    "Boersma",
    "Bolt",
    "Bosman",
    "Brandsma",
    "Breukers",
    "Buitenhuis",
    "Couperus",
    "Dekkers",
    "Dijkhuis",
    "Doorn",
    "Drost",
    "Eikelboom",
    "Elzinga",
    "Feenstra",
    "Fokkens",
    "Galema",
    "Geerts",
    "Groenveld",
    "Haanstra",
    "Hagens",
    "Heemskerk",
    "Hoekstra",
    "Hofstee",
    "Huizinga",
    "IJpma",
    "Jager",
    "Jorritsma",
    "Kamphuis",
    "Keizer",
    "Kloosterman",
    "Kramer",
    "Kuipers",
    "Lammers",
    "Leenders",
    "Lubbers",
    "Maas",
    "Meijering",
    "Mulder",
    "Nagel",
    "Nijhof",
    "Okkema",
    "Oosterhuis",
    "Paalman",
    "Peeters",
    "Postma",
    "Rademaker",
    "Reitsma",
    "Roelofs",
    "Schaap",
    "Schouten",
    "Sikkema",
    "Smeets",
    "Snijders",
    "Terpstra",
    "Timmer",
    "Uitslag",
    "Veldkamp",
    "Verhoef",
    "Visscher",
    "Vonk",
    "Waanders",
    "Weening",
    "Wolters",
    "Zandstra",
    "Zwart",
    "de Bie",
    "de Haas",
    "de Leeuw",
    "de Ridder",
    "de Waal",
    "ten Brink",
    "ten Hove",
    "van Aken",
    "van Beek",
    "van Dalen",
    "van Eck",
    "van Gaal-Smit",
    "van Hees",
    "van Loon",
    "van Ommen",
    "van Rijn-Bos",
    "van Tuil",
    "van Veen",
    "van de Sande",
    "van den Heuvel",
    "van der Kolk",
    "van der Meij",
    "van der Zwaag",
    "ter Braak",
];

const OTHER_FIRST: &[&str] = &[
    "Abena",
    "Adrian",
    "Agnieszka",
    "Ahmet",
    "Aisha",
    "Alan",
    "Alejandra",
    "Amir",
    "Ana",
    "Andrei",
    "Anjali",
    "Arthur",
    "Asel",
    "Ayşe",
    "Beata",
    "Bogdan",
    "Brigid",
    "Carlos",
    "Chiara",
    "Chidi",
    "Claire",
    "Dagmar",
    "Dario",
    "Deepa",
    "Dimitra",
    "Dylan",
    "Ebru",
    "Elena",
    "Eszter",
    "Farid",
    "Fatima",
    "Fiona",
    "Folake",
    "Gabriel",
    "Grace",
    "Hamza",
    "Hugo",
    "Ibrahim",
    "Ines",
    "Ioana",
    "Ivan",
    "Jamal",
    "Jana",
    "Joana",
    "Jürgen",
    "Kasia",
    "Kofi",
    "Lakshmi",
    "Leila",
    "Liam",
    "Linh",
    "Lucía",
    "Magda",
    "Malik",
    "Manon",
    "Marek",
    "Mehmet",
    "Mei",
    "Miguel",
    "Milan",
    "Mirela",
    "Nadia",
    "Nikola",
    "Nuno",
    "Olga",
    "Omar",
    "Owen",
    "Paolo",
    "Patience",
    "Pedro",
    "Rafał",
    "Rania",
    "Ravi",
    "Rosa",
    "Samira",
    "Selin",
    "Shanelle",
    "Sinéad",
    "Stefan",
    "Tariq",
    "Teresa",
    "Thandi",
    "Tuan",
    "Umut",
    "Vasil",
    "Wei",
    "Yasmin",
    "Yusuf",
    "Zoltan",
    "Zuzana",
];

const OTHER_LAST: &[&str] = &[
    "Achterberg",
    "Adeyemi",
    "Aksoy",
    "Almeida",
    "Asante",
    "Bajwa",
    "Barros",
    "Benali",
    "Bianchi",
    "Brennan",
    "Castillo",
    "Çelik",
    "Chaudhry",
    "Costa",
    "Dąbrowski",
    "Demir",
    "Desai",
    "Dimitrov",
    "Dumitru",
    "El Amrani",
    "Farkas",
    "Fernandes",
    "Fischer",
    "Gallagher",
    "Georgiou",
    "Haddad",
    "Horvat",
    "Hughes",
    "Iyer",
    "Jankowska",
    "Kaplan",
    "Karimi",
    "Kaya",
    "Khoury",
    "Kovač",
    "Kowalczyk",
    "Larsen",
    "Lefèvre",
    "Lim",
    "Mahmoud",
    "Marin",
    "Mensah",
    "Moreno",
    "Murphy",
    "Nair",
    "Nguyen",
    "Novák",
    "Ochieng",
    "Okafor",
    "Öztürk",
    "Papadakis",
    "Park",
    "Patel",
    "Pereira",
    "Petrov",
    "Pham",
    "Popescu",
    "Quigley",
    "Rahimi",
    "Ramdin",
    "Reyes",
    "Ricci",
    "Rossi",
    "Sahin",
    "Santos",
    "Schmitz",
    "Sharma",
    "Silva",
    "Soares",
    "Stojanović",
    "Szabó",
    "Tahiri",
    "Tamang",
    "Tran",
    "Usman",
    "Varga",
    "Vasquez",
    "Wójcik",
    "Yıldız",
    "Zając",
];

/// Where Sanne stands among the customers: those at the beginning of the list vote and comment the most.
const SANNE_AT: usize = 25;

/// The customers: no two of one name, and none of the name of somebody of the staff.
pub(super) fn customers() -> Vec<Customer> {
    let mut chance = Chance::of("customers");
    let mut taken: HashSet<String> = STAFF.iter().map(|staff| staff.name.to_owned()).collect();
    taken.insert(SANNE.to_owned());
    let mut customers = Vec::new();
    while customers.len() < PEOPLE - STAFF.len() {
        if customers.len() == SANNE_AT {
            customers.push(Customer { name: SANNE.to_owned(), language: Language::En });
            continue;
        }
        let is_dutch = chance.place(10, 1.0) < DUTCH_OF_TEN;
        let (first, last) = if is_dutch { (DUTCH_FIRST, DUTCH_LAST) } else { (OTHER_FIRST, OTHER_LAST) };
        let (first, last) = (first[chance.place(first.len(), 1.0)], last[chance.place(last.len(), 1.0)]);
        let initial = last.chars().find(|c| c.is_uppercase()).unwrap_or('X');
        let name = match chance.between(0, 100) {
            0..45 => format!("{first} {initial}."),
            45..85 => format!("{first} {last}"),
            85..93 => format!("{}. {last}", first.chars().next().unwrap_or('X')),
            _ => first.to_owned(),
        };
        if taken.insert(name.clone()) {
            customers.push(Customer { name, language: if is_dutch { Language::Nl } else { Language::En } });
        }
    }
    customers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_name_of_their_own() {
        let customers = customers();
        let names: HashSet<&str> = customers.iter().map(|customer| customer.name.as_str()).collect();
        assert_eq!((customers.len(), names.len()), (PEOPLE - STAFF.len(), PEOPLE - STAFF.len()));
        assert!(names.contains(SANNE) && STAFF.iter().all(|staff| !names.contains(staff.name)));
        let dutch = customers.iter().filter(|customer| customer.language == Language::Nl).count();
        assert!((600..800).contains(&dutch), "{dutch} read Dutch");
    }
}
